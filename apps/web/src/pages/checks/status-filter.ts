/** The statuses by which one filters: those of a check, and a run in progress. */
import { LOOK_OF, type Look, STATUS_WORDS } from '../../components/status.tsx';
import { defineMessages, type Message } from '../../i18n/messages.ts';
import type { StatusFilter } from './search.ts';

const messages = defineMessages({ started: { en: 'running', fr: 'en cours' } });

export const FILTER_WORDS: Record<StatusFilter, Message> = { ...STATUS_WORDS, ...messages };

export const FILTER_LOOKS: Record<StatusFilter, Look> = { ...LOOK_OF, started: 'pending' };
