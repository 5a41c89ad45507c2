import type { Clock } from './clock.ts';

/** Milliseconds of disagreement between wall and monotonic time that count as a step. */
export const STEP_THRESHOLD = 5_000;

/**
 * The clock that everything in the server reads. It is the wall clock, but a step of that (it moved by
 * something else than the time that passed) shows only once it is settled: until then time goes on as it
 * did. So whatever was written before the settlement carries the old time, whatever comes after it the new
 * one, and nobody has to guess which.
 */
export class SteadyClock implements Clock {
  readonly #clock: Clock;
  /** What the wall clock is ahead of the monotonic one, as far as it is followed. */
  #offset: number;
  #settling: Promise<void> | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#offset = clock.now() - clock.monotonic();
  }

  now(): number {
    const wall = this.#clock.now();
    const steady = this.#clock.monotonic() + this.#offset;
    if (Math.abs(wall - steady) > STEP_THRESHOLD) return Math.round(steady);
    // Slewing is followed, so that many small corrections never add up to a step.
    this.#offset += wall - steady;
    return wall;
  }

  monotonic(): number {
    return this.#clock.monotonic();
  }

  after(delay: number, callback: () => void): () => void {
    return this.#clock.after(delay, callback);
  }

  /**
   * Settles a step, if there was one: shows the new time and has `apply` write what follows from it. `apply`
   * must take its place among the writes before it returns a promise. If it fails, time goes on as before,
   * and the next call tries again. Calls at the same time share one settlement.
   */
  settle(apply: (delta: number) => Promise<void>): Promise<void> {
    this.#settling ??= this.#settle(apply).finally(() => {
      this.#settling = null;
    });
    return this.#settling;
  }

  async #settle(apply: (delta: number) => Promise<void>): Promise<void> {
    // One look at the wall: a millisecond that ends between two would be a step.
    const delta = Math.round(this.#clock.now() - this.#clock.monotonic() - this.#offset);
    if (Math.abs(delta) <= STEP_THRESHOLD) return;
    this.#offset += delta;
    try {
      await apply(delta);
    } catch (error) {
      this.#offset -= delta;
      throw error;
    }
  }
}
