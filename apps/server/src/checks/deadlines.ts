import type { Clock } from '../clock.ts';
import { messageOf } from '../errors.ts';
import type { Expired } from './expire.ts';

/** Milliseconds: deadlines this near to each other share a transaction. */
const COALESCE = 5;
/** Milliseconds until the next try after the store refused. */
const RETRY = 1_000;

export interface DeadlineTimerOptions {
  clock: Clock;
  /** Takes due checks down; resolves when that is durable. */
  expire(): Promise<Expired>;
  onFault(fault: { code: string; reason: string }): void;
  onError(message: string): void;
}

/**
 * One timer that waits for the nearest deadline of all checks. The index of deadlines in the store is the
 * heap; here is only the instant to wake at, so a million checks cost nothing.
 */
export class DeadlineTimer {
  readonly #options: DeadlineTimerOptions;
  #cancel: (() => void) | null = null;
  #wakeAt = Number.POSITIVE_INFINITY;
  #running: Promise<void> | null = null;
  #stopped = false;

  constructor(options: DeadlineTimerOptions) {
    this.#options = options;
  }

  /** Says that a deadline is due at `at` (epoch ms); the nearest one said counts. */
  wake(at: number): void {
    if (this.#stopped || at >= this.#wakeAt) return;
    this.#wakeAt = at;
    if (this.#running === null) this.#arm();
  }

  /** Epoch ms of the next wake-up; Infinity = none. */
  get wakeAt(): number {
    return this.#wakeAt;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel?.();
    await this.#running;
  }

  #arm(): void {
    this.#cancel?.();
    this.#cancel = null;
    if (this.#stopped || this.#wakeAt === Number.POSITIVE_INFINITY) return;
    const delay = Math.max(COALESCE, this.#wakeAt - this.#options.clock.now());
    this.#cancel = this.#options.clock.after(delay, () => this.#fire());
  }

  #fire(): void {
    this.#running = this.#drain().finally(() => {
      this.#running = null;
      this.#arm();
    });
  }

  /** Until nothing is due. Instants said meanwhile are kept. */
  async #drain(): Promise<void> {
    const { clock, expire, onFault, onError } = this.#options;
    while (!this.#stopped && this.#wakeAt <= clock.now()) {
      this.#wakeAt = Number.POSITIVE_INFINITY;
      try {
        const { next, faults } = await expire();
        for (const fault of faults) onFault(fault);
        if (next !== null) this.#wakeAt = Math.min(this.#wakeAt, next);
      } catch (error) {
        onError(messageOf(error));
        this.#wakeAt = Math.min(this.#wakeAt, clock.now() + RETRY);
      }
    }
  }
}
