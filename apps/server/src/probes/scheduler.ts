import type { Clock } from '../clock.ts';
import { Heap } from './heap.ts';
import { placeIn } from './place.ts';

/** Something that runs every so often. */
export interface Scheduled {
  /** Names it. */
  code: string;
  /** Milliseconds. */
  interval: number;
  /** The runs of one target share a bound. */
  target: string;
  /** The runs of one owner share a bound too. */
  owner: number;
  /** It runs while no other such does. */
  isLone?: boolean;
  /** Its first run does not wait for its place in the interval. */
  isFresh: boolean;
}

export interface SchedulerOptions<T extends Scheduled> {
  clock: Clock;
  /** Runs once; must not throw. `late`: milliseconds since its instant. */
  run(item: T, late: number): Promise<void>;
}

/** Runs at one target at a time: what is watched must not be hurt by watching. */
export const RUNS_PER_TARGET = 4;
/** Runs at a time of one owner: what hangs for one leaves room for the others. */
export const RUNS_PER_OWNER = 300;
/** Runs at a time. */
export const RUNS_IN_ALL = 500;

/** Stands for all lone ones. */
const LONE = Symbol('lone');

type Shared = string | number | typeof LONE;

interface Entry<T> {
  item: T;
  /** Next instant, monotonic ms. */
  due: number;
  isRunning: boolean;
  isGone: boolean;
}

/**
 * Runs items at their places in their intervals: each has one by its name, so that thousands are spread evenly and
 * stay where they are after a restart. Instants follow from the first one, not from when a run ended: nothing drifts.
 * An instant at which the run before it is still under way is left out.
 */
export class Scheduler<T extends Scheduled> {
  readonly #options: SchedulerOptions<T>;
  readonly #entries = new Map<string, Entry<T>>();
  readonly #heap = new Heap<Entry<T>>();
  /** Runs under way, by target, by owner, and of lone ones. */
  readonly #running = new Map<Shared, number>();
  readonly #waiting: { entry: Entry<T>; due: number }[] = [];
  #inAll = 0;
  #cancel: (() => void) | null = null;
  #armedFor = Number.POSITIVE_INFINITY;
  #stopped = false;
  /** Instants that were left out. */
  skipped = 0;

  constructor(options: SchedulerOptions<T>) {
    this.#options = options;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Takes an item in, or in place of the one with its code, which keeps its place unless its interval is another. */
  set(item: T): void {
    const before = this.#entries.get(item.code);
    if (before !== undefined && before.item.interval === item.interval && !item.isFresh) {
      before.item = item;
      return;
    }
    if (before !== undefined) before.isGone = true;
    const entry: Entry<T> = { item, due: this.#firstDue(item), isRunning: false, isGone: false };
    this.#entries.set(item.code, entry);
    this.#heap.push(entry);
    this.#arm();
  }

  /** The item of this code, if there is one. */
  get(code: string): T | undefined {
    return this.#entries.get(code)?.item;
  }

  /** Runs it no more; a run under way goes on. */
  drop(code: string): void {
    const entry = this.#entries.get(code);
    if (entry === undefined) return;
    entry.isGone = true;
    this.#entries.delete(code);
    if (this.#entries.size === 0) this.#disarm();
  }

  stop(): void {
    this.#stopped = true;
    this.#disarm();
  }

  #disarm(): void {
    this.#cancel?.();
    this.#armedFor = Number.POSITIVE_INFINITY;
  }

  #firstDue({ code, interval, isFresh }: T): number {
    const { clock } = this.#options;
    const now = clock.monotonic();
    if (isFresh) return now;
    const place = placeIn(interval, code);
    const wall = clock.now();
    return now + ((((place - wall) % interval) + interval) % interval);
  }

  #arm(): void {
    const next = this.#heap.peek();
    if (this.#stopped || next === undefined || next.due >= this.#armedFor) return;
    this.#cancel?.();
    this.#armedFor = next.due;
    const delay = Math.max(0, next.due - this.#options.clock.monotonic());
    this.#cancel = this.#options.clock.after(delay, () => this.#wake());
  }

  #wake(): void {
    this.#armedFor = Number.POSITIVE_INFINITY;
    const now = this.#options.clock.monotonic();
    for (let entry = this.#heap.peek(); entry !== undefined && entry.due <= now; entry = this.#heap.peek()) {
      this.#heap.pop();
      if (entry.isGone) continue;
      const { due } = entry;
      entry.due = nextAfter(now, due, this.#firstPlaceAfter(entry));
      this.#heap.push(entry);
      if (entry.isRunning) this.skipped += 1;
      else this.#begin(entry, due);
    }
    this.#arm();
  }

  /** A fresh item goes on at its place in the interval after its first run. */
  #firstPlaceAfter(entry: Entry<T>): { interval: number; offset: number } {
    const { interval, isFresh } = entry.item;
    if (!isFresh) return { interval, offset: 0 };
    entry.item = { ...entry.item, isFresh: false };
    const place = this.#firstDue(entry.item);
    return { interval, offset: place - entry.due };
  }

  #begin(entry: Entry<T>, due: number): void {
    entry.isRunning = true;
    if (!this.#hasRoom(entry.item)) {
      this.#waiting.push({ entry, due });
      return;
    }
    this.#inAll += 1;
    const shared = sharedOf(entry.item);
    for (const key of shared) this.#running.set(key, this.#count(key) + 1);
    const late = this.#options.clock.monotonic() - due;
    void this.#options.run(entry.item, late).finally(() => {
      entry.isRunning = false;
      this.#inAll -= 1;
      for (const key of shared) {
        const left = this.#count(key) - 1;
        if (left <= 0) this.#running.delete(key);
        else this.#running.set(key, left);
      }
      this.#next();
    });
  }

  #count(key: Shared): number {
    return this.#running.get(key) ?? 0;
  }

  #hasRoom({ target, owner, isLone = false }: T): boolean {
    return (
      this.#inAll < RUNS_IN_ALL &&
      this.#count(target) < RUNS_PER_TARGET &&
      this.#count(owner) < RUNS_PER_OWNER &&
      !(isLone && this.#count(LONE) > 0)
    );
  }

  /** The first that waits and may run now. */
  #next(): void {
    if (this.#stopped) return;
    const mayRun = ({ entry }: { entry: Entry<T> }): boolean => entry.isGone || this.#hasRoom(entry.item);
    for (let at = this.#waiting.findIndex(mayRun); at !== -1; at = this.#waiting.findIndex(mayRun)) {
      const [first] = this.#waiting.splice(at, 1);
      if (first === undefined || first.entry.isGone) continue;
      this.#begin(first.entry, first.due);
      return;
    }
  }
}

function sharedOf({ target, owner, isLone = false }: Scheduled): Shared[] {
  return isLone ? [target, owner, LONE] : [target, owner];
}

function nextAfter(
  now: number,
  due: number,
  { interval, offset }: { interval: number; offset: number },
): number {
  const first = due + (offset > 0 ? offset : interval);
  if (first > now) return first;
  return first + Math.ceil((now - first + 1) / interval) * interval;
}
