import { randomInt } from 'node:crypto';
import type { Effect } from '../../../store/tx.ts';

export type ChangeEffect = Extract<Effect, { type: 'changed' }>;

/** One numbered change. */
export interface NumberedChange {
  n: number;
  change: ChangeEffect;
}

/** Ids that are remembered, for readers who were away for a moment; some 2 MB. */
const CAPACITY = 20_000;

/**
 * The latest changes, numbered upwards. Numbers begin at the time of the start, so that they rise over
 * restarts too; the fraction of an id names this very process, because a number of another means nothing here.
 */
export class EventRing {
  readonly #tag: string;
  #changes: NumberedChange[] = [];
  /** Index of the oldest that is remembered. */
  #oldest = 0;
  /** Ids in those that are remembered. */
  #size = 0;
  #latest: number;
  /** The last number that is not remembered. */
  #forgotten: number;

  constructor(startedAt: number, tag = String(randomInt(1000, 10_000))) {
    this.#tag = tag;
    this.#latest = startedAt;
    this.#forgotten = startedAt;
  }

  /** The number of the latest change. */
  get latest(): number {
    return this.#latest;
  }

  add(change: ChangeEffect): NumberedChange {
    this.#latest += 1;
    const numbered = { n: this.#latest, change };
    this.#changes.push(numbered);
    this.#size += change.ids.length;
    this.#forget();
    return numbered;
  }

  /** A number as clients see it. */
  idOf(n: number): string {
    return `${n}.${this.#tag}`;
  }

  /** What came after an id; null when that cannot be told (another process's id, or too long ago). */
  after(id: string): ChangeEffect[] | null {
    const [number = '', tag] = id.split('.');
    const n = Number(number);
    if (tag !== this.#tag || !Number.isSafeInteger(n) || n < this.#forgotten || n > this.#latest) return null;
    return this.#changes
      .slice(this.#oldest)
      .filter((one) => one.n > n)
      .map((one) => one.change);
  }

  #forget(): void {
    while (this.#size > CAPACITY) {
      const oldest = this.#changes[this.#oldest];
      if (oldest === undefined) break;
      this.#size -= oldest.change.ids.length;
      this.#forgotten = oldest.n;
      this.#oldest += 1;
    }
    // Copied now and then, not at each change.
    if (this.#oldest * 2 > this.#changes.length) {
      this.#changes = this.#changes.slice(this.#oldest);
      this.#oldest = 0;
    }
  }
}
