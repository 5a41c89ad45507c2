import './status.css';
import type { Status } from '@vigie/contract';
import { useT } from '../i18n/language.tsx';
import { defineMessages, type Message } from '../i18n/messages.ts';

/** What something is, in the five looks that every page uses. */
export type Look = 'up' | 'degraded' | 'down' | 'pending' | 'paused';

/** How each status of a check looks. */
export const LOOK_OF: Record<Status, Look> = {
  up: 'up',
  grace: 'degraded',
  down: 'down',
  new: 'pending',
  paused: 'paused',
};

export const STATUS_WORDS: Record<Status, Message> = defineMessages({
  up: { en: 'up', fr: 'en marche' },
  grace: { en: 'late', fr: 'en retard' },
  down: { en: 'down', fr: 'en panne' },
  new: { en: 'new', fr: 'nouveau' },
  paused: { en: 'paused', fr: 'en pause' },
});

/** A state told by its shape as well as its colour: disc, triangle, square with a cross, ring, bars. */
export function StateShape({ look, size = 16 }: { look: Look; size?: number }) {
  return (
    <svg
      className={`shape shape-${look}`}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
    >
      {SHAPES[look]}
    </svg>
  );
}

const SHAPES = {
  up: <circle className="body" cx="8" cy="8" r="6.25" />,
  degraded: <path className="body" d="M8 1.75 15 14.25H1Z" />,
  down: (
    <>
      <rect className="body" x="1.5" y="1.5" width="13" height="13" rx="2" />
      <path className="mark" d="m5.25 5.25 5.5 5.5m0-5.5-5.5 5.5" />
    </>
  ),
  pending: <circle className="ring" cx="8" cy="8" r="5.5" />,
  paused: <path className="body" d="M3.5 2h3v12h-3zM9.5 2h3v12h-3z" />,
} as const;

/** A status by its word in the API; null = this page does not know it. */
export function readStatus(word: string): Status | null {
  return STATUSES.find((status) => status === word) ?? null;
}

const STATUSES: readonly Status[] = ['new', 'up', 'grace', 'down', 'paused'];

/** A check's status: shape and word. `started`: a run is in progress. */
export function StatusMark({ status, started = false }: { status: Status; started?: boolean }) {
  const t = useT();
  return (
    <span className={`status-mark status-${LOOK_OF[status]}`}>
      <StateShape look={LOOK_OF[status]} />
      <span>{t(STATUS_WORDS[status])}</span>
      {started && <span className="status-running">{t(messages.running)}</span>}
    </span>
  );
}

const messages = defineMessages({
  running: { en: 'running', fr: 'en cours' },
});
