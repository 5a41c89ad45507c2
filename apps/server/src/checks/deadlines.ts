import type { Clock } from '../clock.ts';
import { messageOf } from '../errors.ts';
import { WakeTimer } from '../work/timer.ts';
import type { Expired } from './expire.ts';

/** Milliseconds: deadlines this near to each other share a transaction. */
const COALESCE = 5;
/** Milliseconds until the next try after the store refused. */
const RETRY = 1_000;

export interface DeadlineOptions {
  clock: Clock;
  /** Settles a step of the wall clock first: it alone makes no check late. */
  beforeExpiry(): Promise<void>;
  /** Takes due checks down; resolves when that is durable. */
  expire(): Promise<Expired>;
  onFault(fault: { code: string; reason: string }): void;
  onError(message: string): void;
}

/**
 * The timer that waits for the nearest deadline of all checks. The index of deadlines in the store is the
 * heap; memory holds one instant, so a million checks cost nothing. It looks at the rows once at its start.
 */
export function deadlineTimer(options: DeadlineOptions): WakeTimer {
  return new WakeTimer(options.clock, COALESCE, async () => {
    try {
      await options.beforeExpiry();
      const { next, faults } = await options.expire();
      for (const fault of faults) options.onFault(fault);
      return next;
    } catch (error) {
      options.onError(messageOf(error));
      return options.clock.now() + RETRY;
    }
  });
}
