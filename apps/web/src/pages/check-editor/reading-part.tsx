import { CheckField, TextField } from '../../components/field.tsx';
import { Card } from '../../components/page.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import type { FormPart } from './form-part.ts';

const WORDS = ['start_kw', 'success_kw', 'failure_kw'] as const;
const PLACES = ['filter_subject', 'filter_body', 'filter_http_body'] as const;

/** Which pings count, and what words in them mean. */
export function ReadingPart({ draft, change, errorOf }: FormPart) {
  const t = useT();
  return (
    <Card title={t(messages.title)}>
      <CheckField
        label={t(messages.post)}
        hint={t(messages.postHint)}
        checked={draft.methods === 'POST'}
        onChange={(event) => change({ methods: event.target.checked ? 'POST' : '' })}
      />
      <CheckField
        label={t(messages.manual)}
        hint={t(messages.manualHint)}
        checked={draft.manual_resume}
        onChange={(event) => change({ manual_resume: event.target.checked })}
      />
      <fieldset className="stack-tight">
        <legend className="field-label">{t(messages.where)}</legend>
        {PLACES.map((place) => (
          <CheckField
            key={place}
            label={t(messages[place])}
            checked={draft[place]}
            onChange={(event) => change({ [place]: event.target.checked })}
          />
        ))}
      </fieldset>
      {PLACES.some((place) => draft[place]) && (
        <>
          {WORDS.map((word) => (
            <TextField
              key={word}
              label={t(messages[word])}
              hint={word === 'start_kw' ? t(messages.wordsHint) : undefined}
              error={errorOf(word)}
              maxLength={200}
              value={draft[word]}
              onChange={(event) => change({ [word]: event.target.value })}
            />
          ))}
          <CheckField
            label={t(messages.otherwise)}
            checked={draft.filter_default_fail}
            onChange={(event) => change({ filter_default_fail: event.target.checked })}
          />
        </>
      )}
    </Card>
  );
}

const messages = defineMessages({
  title: { en: 'How are pings read?', fr: 'Comment lire les pings ?' },
  post: { en: 'Only POST counts', fr: 'Seul POST compte' },
  postHint: {
    en: 'Previews and crawlers that open the address do nothing',
    fr: 'Les aperçus et robots qui ouvrent l’adresse ne font rien',
  },
  manual: { en: 'A pause ends by hand', fr: 'Une pause se termine à la main' },
  manualHint: {
    en: 'Pings leave a paused check paused',
    fr: 'Les pings laissent en pause un contrôle en pause',
  },
  where: { en: 'Words are looked for in', fr: 'Chercher des mots dans' },
  filter_subject: { en: 'the subject of mails', fr: 'l’objet des courriels' },
  filter_body: { en: 'the text of mails', fr: 'le texte des courriels' },
  filter_http_body: { en: 'the body of HTTP requests', fr: 'le corps des requêtes HTTP' },
  start_kw: { en: 'Words of a start', fr: 'Mots d’un début' },
  success_kw: { en: 'Words of a success', fr: 'Mots d’un succès' },
  failure_kw: { en: 'Words of a failure', fr: 'Mots d’un échec' },
  wordsHint: { en: 'Several with commas between them', fr: 'Plusieurs, séparés par des virgules' },
  otherwise: {
    en: 'A ping without any of these words is a failure, not ignored',
    fr: 'Un ping sans aucun de ces mots est un échec, au lieu d’être ignoré',
  },
});
