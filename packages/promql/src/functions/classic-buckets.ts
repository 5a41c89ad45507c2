import { FLOAT, type Row } from '../evaluate/columns.ts';

/** A bucket of a classic histogram: how many observations are not above a bound. */
export interface ClassicBucket {
  readonly bound: number;
  /** Of this bucket and all below it. */
  readonly count: number;
}

/** A float as it stands in an `le` label. */
const FLOAT_TEXT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const INFINITE_TEXT = /^[+-]?inf(?:inity)?$/i;

/** The bound that an `le` label says; undefined when it says none. */
export function readBound(le: string): number | undefined {
  if (FLOAT_TEXT.test(le)) return Number(le);
  if (INFINITE_TEXT.test(le)) return le.startsWith('-') ? -Infinity : Infinity;
  return /^nan$/i.test(le) ? Number.NaN : undefined;
}

/** A series of a classic histogram's buckets. */
export interface BucketRow {
  readonly bound: number;
  readonly row: Row;
}

/** The buckets that series have at a step, by rising bounds; what has the same bound is added up. */
export function bucketsAt(rows: readonly BucketRow[], step: number): ClassicBucket[] {
  const buckets: { bound: number; count: number }[] = [];
  for (const { bound, row } of rows) {
    if (row.kinds[step] !== FLOAT) continue;
    const count = row.values[step] ?? 0;
    const last = buckets.at(-1);
    if (last !== undefined && last.bound === bound) last.count += count;
    else buckets.push({ bound, count });
  }
  return buckets;
}
