import { type Clock, LONGEST_TIMER } from '../../src/clock.ts';
import { Heap } from './heap.ts';

interface Event {
  at: number;
  /** Order of asking, for events of one instant. */
  order: number;
  run: (() => void) | null;
}

/**
 * Time that goes from event to event. Everything of one instant happens, and comes to rest, before the next:
 * the code under test awaits nothing but promises and this time.
 */
export class VirtualTime {
  #now = 0;
  #orders = 0;
  readonly #events = new Heap<Event>(isBefore);
  readonly #watchers: ((now: number) => void)[] = [];

  /** Milliseconds since the beginning; what a perfect stopwatch shows. */
  get now(): number {
    return this.#now;
  }

  /** Before this instant nothing happens. */
  get next(): number {
    return this.#events.first?.at ?? Number.POSITIVE_INFINITY;
  }

  /** Runs something at an instant; returns a function that cancels it. */
  at(instant: number, run: () => void): () => void {
    const event: Event = { at: Math.max(this.#now, Math.ceil(instant)), order: this.#orders++, run };
    this.#events.push(event);
    return () => {
      event.run = null;
    };
  }

  /** Calls back when time has moved on, before anything happens at the new instant. */
  onInstant(watcher: (now: number) => void): void {
    this.#watchers.push(watcher);
  }

  async runUntil(end: number): Promise<void> {
    const events = this.#events;
    for (let next = events.first; next !== undefined && next.at <= end; next = events.first) {
      this.#moveTo(next.at);
      let acted = false;
      for (let due = events.first; due !== undefined && due.at === this.#now; due = events.first) {
        events.pop();
        if (due.run === null) continue;
        due.run();
        acted = true;
      }
      if (acted) await atRest();
    }
    this.#moveTo(end);
  }

  #moveTo(instant: number): void {
    if (instant === this.#now) return;
    this.#now = instant;
    for (const watcher of this.#watchers) watcher(instant);
  }
}

function isBefore(one: Event, other: Event): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}

/** A turn of the event loop: every promise that can be settled is. */
export function atRest(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** What a machine's clocks show; set now and then by somebody. */
export class WallClock {
  readonly #time: VirtualTime;
  #offset: number;

  constructor(time: VirtualTime, start: number) {
    this.#time = time;
    this.#offset = start;
  }

  /** Epoch ms less virtual ms. */
  get offset(): number {
    return this.#offset;
  }

  step(delta: number): void {
    this.#offset += delta;
  }

  /**
   * The clock of one process. Its timers die with it, and wait while it is asleep. `stretch` may lengthen a delay whose timer would do
   * nothing that the next one does not undo.
   */
  ofProcess(life: { dead: boolean; asleepUntil: number }, stretch: (delay: number) => number): Clock {
    const time = this.#time;
    const booted = time.now;
    return {
      now: () => time.now + this.#offset,
      monotonic: () => time.now - booted,
      after(delay, callback) {
        const wait = stretch(Math.min(Math.max(0, delay), LONGEST_TIMER));
        let cancel = time.at(time.now + wait, function ring(): void {
          if (life.dead) return;
          if (time.now < life.asleepUntil) cancel = time.at(life.asleepUntil, ring);
          else callback();
        });
        return () => cancel();
      },
    };
  }
}
