/** Where time comes from. Every domain takes a `Clock`, so that tests and the simulation own time. */
export interface Clock {
  /** Wall time, epoch milliseconds. May step. */
  now(): number;
  /** Milliseconds since an arbitrary start; never steps, never runs backwards. */
  monotonic(): number;
  /** Calls back once after `delay` milliseconds of monotonic time; returns a function that cancels it. */
  after(delay: number, callback: () => void): () => void;
}

/** Node limits a timer to 2^31-1 ms; a nearer wake-up also bounds what a missed wake-up can cost. */
export const LONGEST_TIMER = 24 * 3_600_000;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(delay, callback) {
    const timer = setTimeout(callback, Math.min(Math.max(0, delay), LONGEST_TIMER));
    return () => clearTimeout(timer);
  },
};
