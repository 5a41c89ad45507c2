import type { Flip } from '@vigie/contract';
import { defineMessages, type Message } from '../../i18n/messages.ts';

/** What a flip was, in words: only what was down comes back. */
export function flipWord({ from, to }: Pick<Flip, 'from' | 'to'>): Message {
  switch (to) {
    case 'down':
      return messages.down;
    case 'paused':
      return messages.paused;
    case 'new':
      return messages.waits;
    default:
      return from === 'down' ? messages.back : messages.up;
  }
}

const messages = defineMessages({
  down: { en: 'went down', fr: 'tombé en panne' },
  back: { en: 'came back', fr: 'rétabli' },
  up: { en: 'came up', fr: 'en marche' },
  paused: { en: 'was paused', fr: 'mis en pause' },
  waits: { en: 'waits for a ping', fr: 'attend un ping' },
});
