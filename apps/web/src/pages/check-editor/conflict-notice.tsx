import { useLanguage, useT } from '../../i18n/language.tsx';
import { defineMessages, type Message } from '../../i18n/messages.ts';
import { type Draft, type DraftKey, merged } from './draft.ts';
import { useDraftText } from './draft-text.ts';

interface ConflictNoticeProps {
  /** What both began with. */
  base: Draft;
  theirs: Draft;
  mine: Draft;
}

/** Shows what somebody else changed, beside what it was and what is written here. */
export function ConflictNotice({ base, theirs, mine }: ConflictNoticeProps) {
  const t = useT();
  const language = useLanguage();
  const textOf = useDraftText();
  const { theirs: changed, both } = merged(base, theirs, mine);
  return (
    <section className="conflict" role="alert" aria-label={t(messages.title)}>
      <h2>{t(messages.title)}</h2>
      <p>{t(both.length === 0 ? messages.apart : messages.both)}</p>
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th>{t(messages.field)}</th>
              <th>{t(messages.before)}</th>
              <th>{t(messages.theirs)}</th>
              <th>{t(messages.mine)}</th>
            </tr>
          </thead>
          <tbody>
            {changed.map((key) => (
              <tr key={key}>
                <th scope="row">{FIELD_NAMES[key][language]}</th>
                <td className="wrap-anywhere">{textOf(base, key)}</td>
                <td className="wrap-anywhere">{textOf(theirs, key)}</td>
                <td className="wrap-anywhere">
                  {both.includes(key) ? <strong>{textOf(mine, key)}</strong> : t(messages.kept)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const messages = defineMessages({
  title: { en: 'Somebody changed this check meanwhile', fr: 'Quelqu’un a modifié ce contrôle entre-temps' },
  apart: {
    en: 'You changed other things: both stay when you save.',
    fr: 'Vous avez changé autre chose : les deux restent si vous enregistrez.',
  },
  both: {
    en: 'What you wrote is still in the form. Saving replaces theirs where both differ.',
    fr: 'Ce que vous avez écrit est toujours dans le formulaire. Enregistrer remplace leur version là où les deux diffèrent.',
  },
  field: { en: 'Field', fr: 'Champ' },
  before: { en: 'Before', fr: 'Avant' },
  theirs: { en: 'Theirs', fr: 'La leur' },
  mine: { en: 'Yours', fr: 'La vôtre' },
  kept: { en: 'theirs is kept', fr: 'la leur est gardée' },
});

const FIELD_NAMES: Record<DraftKey, Message> = defineMessages({
  name: { en: 'Name', fr: 'Nom' },
  slug: { en: 'Slug', fr: 'Slug' },
  tags: { en: 'Tags', fr: 'Étiquettes' },
  description: { en: 'Description', fr: 'Description' },
  environment: { en: 'Environment', fr: 'Environnement' },
  schedule: { en: 'Schedule', fr: 'Calendrier' },
  grace: { en: 'Grace', fr: 'Délai de grâce' },
  channels: { en: 'Channels', fr: 'Canaux' },
  depends_on: { en: 'Depends on', fr: 'Dépend de' },
  policies: { en: 'Policies', fr: 'Règles' },
  methods: { en: 'Only POST counts', fr: 'Seul POST compte' },
  manual_resume: { en: 'A pause ends by hand', fr: 'Une pause se termine à la main' },
  start_kw: { en: 'Words of a start', fr: 'Mots d’un début' },
  success_kw: { en: 'Words of a success', fr: 'Mots d’un succès' },
  failure_kw: { en: 'Words of a failure', fr: 'Mots d’un échec' },
  filter_subject: { en: 'Words in subjects', fr: 'Mots dans les objets' },
  filter_body: { en: 'Words in mails', fr: 'Mots dans les courriels' },
  filter_http_body: { en: 'Words in bodies', fr: 'Mots dans les corps' },
  filter_default_fail: { en: 'Without a word: failure', fr: 'Sans mot : échec' },
});
