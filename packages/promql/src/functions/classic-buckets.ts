import { FLOAT, type Row } from '../evaluate/columns.ts';

/** A float as it stands in an `le` label. */
const FLOAT_TEXT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const INFINITE_TEXT = /^[+-]?inf(?:inity)?$/i;

/** The bound that an `le` label says; undefined when it says none. */
export function readBound(le: string): number | undefined {
  if (FLOAT_TEXT.test(le)) return Number(le);
  if (INFINITE_TEXT.test(le)) return le.startsWith('-') ? -Infinity : Infinity;
  return /^nan$/i.test(le) ? Number.NaN : undefined;
}

/** A series of one bucket of a classic histogram. */
export interface BucketRow {
  readonly bound: number;
  readonly row: Row;
}

/** The buckets of a classic histogram at one step, by rising bounds. They are read anew for each step. */
export class ClassicBuckets {
  readonly #rows: readonly BucketRow[];
  readonly bounds: Float64Array;
  /** How many observations are not above each bound. */
  readonly counts: Float64Array;
  /** How many buckets there are. */
  length = 0;

  constructor(rows: readonly BucketRow[]) {
    this.#rows = rows.toSorted((a, b) => (a.bound < b.bound ? -1 : Number(a.bound > b.bound)));
    this.bounds = new Float64Array(rows.length);
    this.counts = new Float64Array(rows.length);
  }

  /** Goes to a step. What has the same bound is added up. */
  read(step: number): void {
    const { bounds, counts } = this;
    let length = 0;
    for (const { bound, row } of this.#rows) {
      if (row.kinds[step] !== FLOAT) continue;
      const count = row.values[step] ?? 0;
      if (length > 0 && bounds[length - 1] === bound) {
        counts[length - 1] = (counts[length - 1] ?? 0) + count;
        continue;
      }
      bounds[length] = bound;
      counts[length] = count;
      length++;
    }
    this.length = length;
  }

  /** All observations, which are in the bucket that has no upper bound; undefined when there is none. */
  get total(): number | undefined {
    return this.bounds[this.length - 1] === Infinity ? this.counts[this.length - 1] : undefined;
  }
}
