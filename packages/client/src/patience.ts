/** How long a job waits for its monitoring: a purse that all its waits draw on. */
import { startTimer } from './timer.ts';

/** Milliseconds that one run of a job waits in all. */
const PATIENCE = 2000;

export class Patience {
  #left: number;

  constructor(milliseconds: number = PATIENCE) {
    this.#left = milliseconds;
  }

  /**
   * Waits for what never rejects, at most as long as is left; `share` of that, for a wait that others follow.
   * @returns what came, or `otherwise`.
   */
  async wait<T, U>(promise: Promise<T>, otherwise: U, share = 1): Promise<T | U> {
    const began = performance.now();
    const timer = startTimer(this.#left * share, true);
    try {
      return await Promise.race([promise, timer.over.then(() => otherwise)]);
    } finally {
      timer.stop();
      this.#left = Math.max(0, this.#left - (performance.now() - began));
    }
  }
}
