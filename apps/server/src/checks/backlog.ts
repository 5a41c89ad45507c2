import type { Clock } from '../clock.ts';

/** Milliseconds for which deadlines that are left over go before other work: 100,000 take about as long. */
const HEAD_START = 3_000;

/**
 * Knows whether more checks are due than one transaction takes down. Until they are down, or for three seconds,
 * other work should give way: who is told of the first flip must not cost the last one its punctuality.
 */
export class Backlog {
  readonly #clock: Clock;
  /** Since when there is one, on the monotonic clock; null = there is none. */
  #since: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Told after each batch whether it left due checks behind. */
  note(isLeft: boolean): void {
    this.#since = isLeft ? (this.#since ?? this.#clock.monotonic()) : null;
  }

  /** Whether other work should wait now. */
  get goesFirst(): boolean {
    return this.#since !== null && this.#clock.monotonic() - this.#since < HEAD_START;
  }
}
