import type { FailureReason } from '@vigie/contract';
import { FAILURE_WORDS } from '@vigie/contract/failure-words';
import { defineMessages, type Message } from '../i18n/messages.ts';

/** Why a run of a probe failed, as the end of a sentence about the service: as the server's own sentences say it. */
export const REASON_WORDS: Record<FailureReason, Message> = defineMessages(FAILURE_WORDS);
