import type { Clock } from '../clock.ts';

interface Timer {
  at: number;
  callback: () => void;
}

/** A clock that stands still until told to go on. */
export class FakeClock implements Clock {
  #now: number;
  #monotonic = 0;
  #timers: Timer[] = [];

  constructor(now: number) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#monotonic;
  }

  after(delay: number, callback: () => void): () => void {
    const timer = { at: this.#monotonic + Math.max(0, delay), callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Sets the wall clock without letting time pass. */
  step(delta: number): void {
    this.#now += delta;
  }

  /**
   * Lets `duration` ms pass: fires each timer at its instant, and lets what it started settle before the next.
   */
  async advance(duration: number): Promise<void> {
    const end = this.#monotonic + duration;
    for (let next = this.#nearest(end); next !== undefined; next = this.#nearest(end)) {
      this.#move(next.at);
      this.#timers = this.#timers.filter((other) => other !== next);
      next.callback();
      await settle();
    }
    this.#move(end);
    await settle();
  }

  #nearest(end: number): Timer | undefined {
    let nearest: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.at <= end && (nearest === undefined || timer.at < nearest.at)) nearest = timer;
    }
    return nearest;
  }

  #move(monotonic: number): void {
    const passed = Math.max(0, monotonic - this.#monotonic);
    this.#monotonic += passed;
    this.#now += passed;
  }
}

/** Turns of the event loop in which promises and inline writes come to rest. */
const TURNS = 5;

async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await new Promise((resolve) => setImmediate(resolve));
}
