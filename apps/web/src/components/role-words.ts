import type { Role } from '@vigie/contract/vocabulary';
import { defineMessages, type Message } from '../i18n/messages.ts';

/** The roles by name. */
export const ROLE_WORDS: Record<Role, Message> = defineMessages({
  owner: { en: 'owner', fr: 'propriétaire' },
  manager: { en: 'manager', fr: 'gestionnaire' },
  member: { en: 'member', fr: 'membre' },
  readonly: { en: 'read-only member', fr: 'membre en lecture seule' },
});
