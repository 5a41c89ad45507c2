import type { Clock } from '../clock.ts';
import { messageOf } from '../errors.ts';
import { WakeTimer } from '../work/timer.ts';
import type { Reviewed } from './review.ts';

/** Milliseconds by which near instants share a look. */
const COALESCE = 10;
/** Milliseconds until the next try after the store refused. */
const STORE_RETRY = 1_000;
/** Milliseconds after a look that found nothing due, so that rows another node is at are not a loop. */
const EMPTY_PAUSE = 50;

export interface ReviewerOptions {
  clock: Clock;
  /** What is looked at, for the log. */
  noun: string;
  review(): Promise<Reviewed>;
  onError(message: string): void;
}

/** Looks at alerts, or silences, when something about them is due: the rows say when, this only wakes. */
export function reviewer({ clock, noun, review, onError }: ReviewerOptions): WakeTimer {
  return new WakeTimer(clock, COALESCE, async () => {
    try {
      const { count, next } = await review();
      return count > 0 || next === null ? next : Math.max(next, clock.now() + EMPTY_PAUSE);
    } catch (error) {
      onError(`${noun} cannot be looked at: ${messageOf(error)}`);
      return clock.now() + STORE_RETRY;
    }
  });
}
