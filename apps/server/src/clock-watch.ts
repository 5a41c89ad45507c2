import type { Clock } from './clock.ts';

/** Milliseconds of disagreement between wall and monotonic time that count as a step. */
export const STEP_THRESHOLD = 5_000;

/** Notices that the wall clock was set: it moved by something else than the time that passed. */
export class ClockWatch {
  readonly #clock: Clock;
  #offset: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#offset = clock.now() - clock.monotonic();
  }

  /** Milliseconds by which the wall clock stepped since the last call; 0 = it did not. */
  step(): number {
    const offset = this.#clock.now() - this.#clock.monotonic();
    const delta = offset - this.#offset;
    if (Math.abs(delta) > STEP_THRESHOLD) {
      this.#offset = offset;
      return Math.round(delta);
    }
    // Slewing is followed, so that many small corrections never add up to a step.
    this.#offset = offset;
    return 0;
  }
}
