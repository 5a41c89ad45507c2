import type { Cells } from './cells.ts';

/** Counts of buckets that grow, each with what rounding has taken away from it (Kahan, Neumaier). */
export class CompensatedCells {
  #indexes: readonly number[];
  #spans: Cells['spans'];
  #sums: number[];
  #lost: number[];

  constructor({ indexes, counts, spans }: Cells) {
    this.#indexes = indexes;
    this.#spans = spans;
    this.#sums = [...counts];
    this.#lost = counts.map(() => 0);
  }

  add(cells: Cells): void {
    if (this.#indexes !== cells.indexes && !hasAll(this.#indexes, cells.indexes))
      this.#makeRoom(cells.indexes);
    let place = 0;
    for (let at = 0; at < cells.indexes.length; at++) {
      const index = cells.indexes[at] ?? 0;
      while ((this.#indexes[place] ?? Infinity) < index) place++;
      this.#addAt(place, cells.counts[at] ?? 0);
    }
  }

  /** The counts, as they are in so many parts of the sum. */
  cells(parts: number): Cells {
    const counts = this.#sums.map((sum, at) => compensated(sum, this.#lost[at] ?? 0, parts));
    return this.#spans === undefined
      ? { indexes: this.#indexes, counts }
      : { indexes: this.#indexes, counts, spans: this.#spans };
  }

  #addAt(place: number, count: number): void {
    const sum = this.#sums[place] ?? 0;
    const next = sum + count;
    this.#lost[place] = (this.#lost[place] ?? 0) + roundingOf(sum, count, next);
    this.#sums[place] = next;
  }

  #makeRoom(more: readonly number[]): void {
    const before = new Map(this.#indexes.map((index, at) => [index, at]));
    const indexes = [...new Set([...this.#indexes, ...more])].sort((a, b) => a - b);
    const take = (from: readonly number[]): number[] =>
      indexes.map((index) => from[before.get(index) ?? -1] ?? 0);
    this.#sums = take(this.#sums);
    this.#lost = take(this.#lost);
    this.#indexes = indexes;
    this.#spans = undefined;
  }
}

/** Whether some rising indexes have all of some others. */
function hasAll(indexes: readonly number[], others: readonly number[]): boolean {
  let at = 0;
  for (const other of others) {
    while (at < indexes.length && (indexes[at] ?? 0) < other) at++;
    if (indexes[at] !== other) return false;
  }
  return true;
}

/** What is lost when two floats are added; nothing when the sum is infinite. */
export function roundingOf(a: number, b: number, sum: number): number {
  if (sum === Infinity || sum === -Infinity) return 0;
  return Math.abs(a) >= Math.abs(b) ? a - sum + b : b - sum + a;
}

/** A sum with what it has lost, in so many parts. */
export function compensated(sum: number, lost: number, parts: number): number {
  return Number.isFinite(sum) ? sum / parts + lost / parts : sum / parts;
}
