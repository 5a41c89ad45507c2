import type { Clock } from '../clock.ts';

/** Milliseconds for which deadlines that are left over go before other work. */
const HEAD_START = 10_000;
/** Batches in a row that left something: fewer are a moment's delay, and holding messages back would add to it. */
const MANY = 5;

/**
 * Knows whether many more checks are due than one transaction takes down. Until they are down, or for ten
 * seconds, other work should give way: who is told of the first flip must not cost the last its punctuality.
 */
export class Backlog {
  readonly #clock: Clock;
  /** Batches in a row that left due checks behind. */
  #batches = 0;
  /** When the first of them was done, on the monotonic clock. */
  #since = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Told after each batch whether it left due checks behind. */
  note(isLeft: boolean): void {
    if (this.#batches === 0) this.#since = this.#clock.monotonic();
    this.#batches = isLeft ? this.#batches + 1 : 0;
  }

  /** Whether other work should wait now. */
  get goesFirst(): boolean {
    return this.#batches >= MANY && this.#clock.monotonic() - this.#since < HEAD_START;
  }
}
