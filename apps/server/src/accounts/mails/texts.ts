/** What the mails about accounts say, in each language. */

/** A mail in words: a sentence, a link, and what else there is to know. */
export interface MailWords {
  subject: string;
  text: string;
  /** What the link does. */
  action: string;
  note: string;
}

interface MailTexts {
  reset(site: string, email: string): MailWords;
  invitation(site: string, invited: { by: string; project: string; role: string }): MailWords;
}

const en: MailTexts = {
  reset: (site, email) => ({
    subject: `Choose a new password for ${site}`,
    text: `Somebody, probably you, forgot the password of ${email} at ${site}.`,
    action: 'Choose a new password',
    note: 'The link works once, within an hour. If it was not you, ignore this mail: nothing has changed.',
  }),
  invitation: (site, { by, project, role }) => ({
    subject: `Join ${project} at ${site}`,
    text: `${by} invites you to the project ${project} at ${site}, as ${role}.`,
    action: 'Accept the invitation',
    note: 'The link works once, within a week. If you do not know what this is about, ignore this mail.',
  }),
};

/** The roles, as French has them. */
const ROLES_FR: Record<string, string> = {
  owner: 'propriétaire',
  manager: 'gestionnaire',
  member: 'membre',
  readonly: 'lecture seule',
};

const fr: MailTexts = {
  reset: (site, email) => ({
    subject: `Choisissez un nouveau mot de passe pour ${site}`,
    text: `Quelqu’un, sans doute vous, a oublié le mot de passe de ${email} sur ${site}.`,
    action: 'Choisir un nouveau mot de passe',
    note: 'Le lien fonctionne une fois, pendant une heure. Si ce n’était pas vous, ignorez ce message : rien n’a changé.',
  }),
  invitation: (site, { by, project, role }) => ({
    subject: `Rejoignez ${project} sur ${site}`,
    text: `${by} vous invite dans le projet ${project} sur ${site} (rôle : ${ROLES_FR[role] ?? role}).`,
    action: 'Accepter l’invitation',
    note: 'Le lien fonctionne une fois, pendant une semaine. Si cela ne vous dit rien, ignorez ce message.',
  }),
};

/** The texts of a person's language. */
export function mailTextsIn(language: string): MailTexts {
  return language === 'fr' ? fr : en;
}
