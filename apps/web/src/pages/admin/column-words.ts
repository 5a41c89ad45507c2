import { defineMessages } from '../../i18n/messages.ts';

/** What the columns are called, also in each row on a phone. */
export const COLUMN_WORDS = defineMessages({
  person: { en: 'Person', fr: 'Personne' },
  projects: { en: 'Projects', fr: 'Projets' },
  seen: { en: 'Last seen', fr: 'Dernière visite' },
  secondFactor: { en: 'Second factor', fr: 'Second facteur' },
});
