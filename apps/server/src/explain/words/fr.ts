import type { Change, Noun, StoryWords } from './words.ts';

const NOUNS: Record<Exclude<Noun, 'other'>, string> = { firing: 'message', resolved: 'message de fin' };
const KINDS: Record<string, string> = { test: 'message d’essai', notice: 'avis', digest: 'message groupé' };

const THINGS: Record<Change['what'], [some: string, the: string, feminine: boolean]> = {
  silence: ['Un silence', 'Le silence', false],
  window: ['Une fenêtre de maintenance', 'La fenêtre de maintenance', true],
  setting: ['Un réglage', 'Le réglage', false],
};
/** Participles, without the ending that agrees with their subject. */
const DID: Record<string, string> = {
  created: 'créé',
  changed: 'modifié',
  deleted: 'supprimé',
  expired: 'terminé',
};

export const fr: StoryWords = {
  language: 'fr',
  list: (parts) =>
    parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} et ${parts.at(-1)}`,
  unnamedAlert: 'Une alerte sans nom',
  lostAlert: 'Une alerte qui n’est plus conservée',
  aCheck: 'un contrôle',
  unnamedCheck: 'un contrôle sans nom',
  someCheck: 'Un contrôle sans nom',
  deletedCheck: 'un contrôle supprimé',
  deletedChannel: 'un canal supprimé',
  about: (name, subject) => `${name} sur ${subject}`,
  raised: (title, reason) => `${title} : alerte déclenchée${reason === '' ? '' : `, ${reason}`}.`,
  quoted: (words, said) => `${words} : « ${said} »`,
  held: (by, until) =>
    `Personne n’est encore prévenu : retenue par ${by}${until === '' ? '' : `, au moins jusqu’au ${until}`}.`,
  hold: {
    silence: (text) => (text === '' ? 'un silence' : `le silence « ${text} »`),
    maintenance: (text) =>
      text === '' ? 'une fenêtre de maintenance' : `la fenêtre de maintenance « ${text} »`,
    dependency: (text) => `${text}, dont elle dépend et qui est en panne ou en retard`,
    flapping: (text) => `l’instabilité du contrôle (${text})`,
  },
  something: 'quelque chose',
  released: 'Plus rien ne la retient.',
  ways: {
    direct: 'les canaux du contrôle',
    default: 'les canaux du projet',
    both: 'les canaux du contrôle et du projet',
    chosen: 'les canaux choisis pour elle',
    'as firing': 'ceux qui ont été prévenus de l’alerte',
    fallback: 'les canaux du projet qui ne l’avaient pas encore reçue',
  },
  nowhere: {
    chosen: 'aucun des canaux choisis pour elle ne fonctionne',
    declined: 'ses canaux ne veulent pas de tels messages',
    fallback: 'aucun message n’est arrivé, et il n’y a pas d’autre canal à essayer',
    'as firing': 'il ne reste aucun canal qui ait été prévenu de l’alerte',
    none: 'elle n’a aucun canal à elle qui fonctionne, et le projet ne prévient de rien d’autre',
    'no channel': 'il n’y a aucun canal pour elle',
    'none works': 'aucun canal pour elle ne fonctionne',
  },
  untold: (why, afterwards) => `Personne n’${afterwards ? 'a été' : 'est'} prévenu : ${why}.`,
  goes: (noun, channels, way) =>
    `Le ${noun === 'other' ? 'message' : NOUNS[noun]} part vers ${channels} : ${way}.`,
  reachedNobody: 'Elle n’a encore atteint personne.',
  switchedOff: (channels) => `Désactivés : ${channels}.`,
  resolved: 'Alerte terminée.',
  unanswered: 'L’exercice est terminé, et personne n’a répondu.',
  acknowledged: (by, comment) => `Prise en charge par ${by}${comment === '' ? '' : ` : « ${comment} »`}.`,
  takenBack: (by) => `La prise en charge a été retirée par ${by}.`,
  incident: {
    opened: (title) => `Elle a ouvert l’incident « ${title} ».`,
    joined: (title) => `Elle a rejoint l’incident « ${title} ».`,
    resolved: (title) => `L’incident « ${title} » se termine avec elle.`,
  },
  changed: ({ what, said, did, by, until }) => {
    const [some, the, feminine] = THINGS[what];
    const subject = said === '' ? some : `${the} « ${said} »`;
    const agreed = (DID[did] ?? did) + (feminine ? 'e' : '');
    const happened = did === 'ends soon' ? 'se termine bientôt' : `a été ${agreed}`;
    return `${subject} ${happened}${by === '' ? '' : ` par ${by}`}${until === '' ? '' : `, jusqu’au ${until}`}.`;
  },
  damped: (check, why) => `Pas d’alerte pour ${check} : ${why}.`,
  aPolicy: 'une de ses règles s’y oppose',
  flip: (check, why) =>
    `${check} est tombé en panne (${why}) sans déclencher d’alerte : une règle l’a retenue, ou une alerte était déjà active.`,
  away: (until, moved) =>
    `Vigie elle-même était arrêtée jusqu’au ${until} : personne ne surveillait, et les échéances ont été repoussées (contrôles concernés : ${moved}).`,
  message: (noun, kind, channel) =>
    `Le ${noun === 'other' ? (KINDS[kind] ?? kind) : NOUNS[noun]} à ${channel}`,
  tried: {
    sent: (message, n, said) => `${message} a été envoyé${n > 1 ? ` à l’essai ${n}` : ''}${said}.`,
    retry: (message, n, said) => `${message} a échoué à l’essai ${n}, un autre suivra${said}.`,
    failed: (message, n, said) => `${message} a échoué pour de bon à l’essai ${n}${said}.`,
    skipped: (message, _, said) => `${message} n’a pas été envoyé${said}.`,
    late: (message, n, said) => `${message} : l’essai ${n} est arrivé trop tard pour compter${said}.`,
  },
  waits: {
    queued: (message) => `${message} attend d’être envoyé.`,
    gathered: (message) => `${message} attend un message groupé : le quota de l’heure est épuisé.`,
  },
  digest: {
    sent: (channel, said) => `Le message groupé à ${channel} qui en parle a été envoyé${said}.`,
    failed: (channel, said) => `Le message groupé à ${channel} qui en parle a échoué pour de bon${said}.`,
    skipped: (channel, said) => `Le message groupé à ${channel} qui en parle n’a pas été envoyé${said}.`,
  },
  verdict: {
    sent: (at) => `envoyé${at === '' ? '' : ` le ${at}`}`,
    queued: 'en attente d’envoi',
    again: (said) => `un autre essai suivra${said}`,
    failed: (tries, said) => `échec après ${tries} ${tries === 1 ? 'essai' : 'essais'}${said}`,
    skipped: (said) => `pas d’envoi${said}`,
    inDigest: {
      waiting: 'dans un message groupé, qui attend la fin de l’heure',
      sent: (became) => `dans un message groupé, ${became}`,
      failed: (said) => `dans un message groupé, qui n’a pas été envoyé${said}`,
    },
  },
  colon: ' : ',
};
