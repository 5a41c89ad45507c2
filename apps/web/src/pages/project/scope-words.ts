import { defineMessages } from '../../i18n/messages.ts';

/** What a key may do. */
export const SCOPE_WORDS = defineMessages({
  read: { en: 'read', fr: 'lire' },
  write: { en: 'read and write', fr: 'lire et écrire' },
});
