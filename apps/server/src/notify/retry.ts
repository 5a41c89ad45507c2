/** Whether and when a message that was not delivered is tried again. The one place that decides it. */

/** Milliseconds of the first pause at most; each further one may be twice as long. */
const FIRST_PAUSE = 1_000;
/** Milliseconds of a pause at most: a provider that is back gets its messages within a minute. */
const LONGEST_PAUSE = 60_000;
/** Milliseconds: a longer Retry-After would outlive the alert's use. */
const LONGEST_WAIT = 3_600_000;
/** Milliseconds after which a message is given up: news of yesterday. */
const GIVE_UP_AFTER = 24 * 3_600_000;
/** Twice the tries that fit into that day; a bound should the clock stand still. */
const MOST_TRIES = 5_760;
/** Milliseconds over which those that were told the same Retry-After come back. */
const SPREAD = 1_000;

export interface Failure {
  message: string;
  retryable: boolean;
  retryAfter: number | null;
}

export interface TryRecord {
  /** Tries so far, the failed one included. */
  tries: number;
  /** Milliseconds since the message was queued. */
  age: number;
  /** A person waits for the answer of a test: it is tried once. */
  once: boolean;
}

export type Verdict = { again: number } | { again: null; error: string };

/**
 * Exponential pauses with full jitter (a uniform part of the longest pause allowed), or what the provider
 * asked for. @returns epoch ms of the next try, or the reason why there is none.
 */
export function decideRetry(failure: Failure, record: TryRecord, now: number, random: () => number): Verdict {
  if (!failure.retryable || record.once) return { again: null, error: failure.message };
  if (record.age >= GIVE_UP_AFTER || record.tries >= MOST_TRIES) {
    const hours = Math.round(record.age / 3_600_000);
    return {
      again: null,
      error: `given up after ${record.tries} tries in ${hours} h, the last: ${failure.message}`,
    };
  }
  return { again: now + pauseAfter(failure, record.tries, random) };
}

function pauseAfter(failure: Failure, tries: number, random: () => number): number {
  if (failure.retryAfter !== null) return waitFor(failure.retryAfter) + Math.ceil(random() * SPREAD);
  const longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(tries - 1, 16));
  return Math.ceil(random() * longest);
}

/** What of a Retry-After is honoured, milliseconds. */
export function waitFor(retryAfter: number): number {
  return Math.min(LONGEST_WAIT, Math.max(0, retryAfter));
}
