import type { ClassicBuckets } from './classic-buckets.ts';
import { type Repair, repair } from './classic-repair.ts';

export interface ClassicQuantile {
  readonly value: number;
  /** What had to be put right in the buckets, which is done for good. */
  readonly repair: Repair | null;
}

/**
 * The value below which a part of a classic histogram's observations lies, on a straight line within its bucket.
 * Without a bucket for +Inf it is NaN.
 * Source: Prometheus' documentation of `histogram_quantile`.
 */
export function classicQuantile(buckets: ClassicBuckets, quantile: number): ClassicQuantile {
  if (Number.isNaN(quantile)) return { value: Number.NaN, repair: null };
  if (quantile < 0 || quantile > 1) return { value: quantile < 0 ? -Infinity : Infinity, repair: null };
  if (buckets.total === undefined) return { value: Number.NaN, repair: null };
  const repaired = repair(buckets);
  return { value: valueAtRank(buckets, quantile * buckets.total), repair: repaired };
}

function valueAtRank({ bounds, counts, length, total }: ClassicBuckets, rank: number): number {
  if (length < 2 || total === 0) return Number.NaN;
  let at = 0;
  while (at < length - 1 && !((counts[at] ?? 0) >= rank)) at++;
  const upper = bounds[at] ?? 0;
  if (at === length - 1) return bounds[length - 2] ?? Number.NaN;
  if (at === 0 && upper <= 0) return upper;
  const lower = at === 0 ? 0 : (bounds[at - 1] ?? 0);
  const before = at === 0 ? 0 : (counts[at - 1] ?? 0);
  return lower + (upper - lower) * ((rank - before) / ((counts[at] ?? 0) - before));
}

/**
 * The part of a classic histogram's observations that lies between two values; of buckets without a bound nothing is
 * known to lie within them.
 * Source: Prometheus' documentation of `histogram_fraction`.
 */
export function classicFraction(buckets: ClassicBuckets, lower: number, upper: number): number {
  const { total } = buckets;
  if (total === undefined || total === 0 || Number.isNaN(lower) || Number.isNaN(upper)) return Number.NaN;
  if (lower >= upper) return 0;
  const below = (value: number): number => Math.min(observationsBelow(buckets, value), total);
  return (below(upper) - below(lower)) / total;
}

function observationsBelow({ bounds, counts, length }: ClassicBuckets, value: number): number {
  let bound = -Infinity;
  let count = 0;
  for (let at = 0; at < length; at++) {
    if (bound >= value) return count;
    const upper = bounds[at] ?? 0;
    const total = counts[at] ?? 0;
    if (upper > value)
      return bound === -Infinity ? total : count + (total - count) * ((value - bound) / (upper - bound));
    bound = upper;
    count = total;
  }
  return count;
}
