import { useEntry } from '../api/entry.ts';
import { useT } from '../i18n/language.tsx';
import { defineMessages } from '../i18n/messages.ts';

/** Says that what is chosen here will not arrive, where the server sends no mail. */
export function NoMail() {
  const t = useT();
  if (useEntry()?.mail !== false) return null;
  return (
    <p>
      <strong>{t(messages.none)}</strong>
    </p>
  );
}

const messages = defineMessages({
  none: {
    en: 'This server sends no mail yet: whoever runs it sets VIGIE_MAIL_URL.',
    fr: 'Ce serveur n’envoie pas encore de courriel : qui l’exploite règle VIGIE_MAIL_URL.',
  },
});
