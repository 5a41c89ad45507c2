import type { Row } from '../columns.ts';

/** Whether an element is to go before another one: NaN goes before all. */
type Worse = (value: number, other: number) => boolean;

const WORSE: Record<'topk' | 'bottomk', Worse> = {
  topk: (value, other) => Number.isNaN(value) || value < other,
  bottomk: (value, other) => Number.isNaN(value) || value > other,
};

/**
 * The best elements of one step. They are kept in a heap with the worst at its root, so that of equal ones the same
 * stay as with the original, whose choice among them is that of such a heap.
 */
export class Ranking {
  readonly #isWorse: Worse;
  #rows: Row[] = [];
  #values: number[] = [];
  #limit = 0;

  constructor(which: 'topk' | 'bottomk') {
    this.#isWorse = WORSE[which];
  }

  /** Begins anew with room for `limit` elements. */
  begin(limit: number): void {
    this.#limit = limit;
    this.#rows = [];
    this.#values = [];
  }

  add(row: Row, value: number): void {
    if (this.#rows.length < this.#limit) {
      this.#rows.push(row);
      this.#values.push(value);
      this.#rise(this.#rows.length - 1);
      return;
    }
    const [worst] = this.#values;
    if (worst === undefined || Number.isNaN(value) || !this.#isWorse(worst, value)) return;
    this.#rows[0] = row;
    this.#values[0] = value;
    this.#sink();
  }

  /** The elements from the best to the worst. */
  ranked(): readonly Row[] {
    return Array.from(this.#rows, (row, at) => ({ row, value: this.#valueAt(at) }))
      .sort((a, b) => Number(this.#isWorse(a.value, b.value)) - Number(this.#isWorse(b.value, a.value)))
      .map(({ row }) => row);
  }

  /** The elements in no order. */
  get unordered(): readonly Row[] {
    return this.#rows;
  }

  #rise(from: number): void {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!this.#isWorse(this.#valueAt(at), this.#valueAt(parent))) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #sink(): void {
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      if (left >= this.#rows.length) return;
      const right = left + 1;
      const isRight = right < this.#rows.length && this.#isWorse(this.#valueAt(right), this.#valueAt(left));
      const child = isRight ? right : left;
      if (!this.#isWorse(this.#valueAt(child), this.#valueAt(at))) return;
      this.#swap(at, child);
      at = child;
    }
  }

  #valueAt(at: number): number {
    return this.#values[at] ?? Number.NaN;
  }

  #swap(a: number, b: number): void {
    const rows = this.#rows;
    const values = this.#values;
    const [rowA, rowB] = [rows[a], rows[b]];
    if (rowA === undefined || rowB === undefined) return;
    [rows[a], rows[b]] = [rowB, rowA];
    [values[a], values[b]] = [this.#valueAt(b), this.#valueAt(a)];
  }
}
