import type { ClassicBucket } from './classic-buckets.ts';
import { type Repair, repaired } from './classic-repair.ts';

export interface ClassicQuantile {
  readonly value: number;
  readonly repair: Repair | null;
}

/**
 * The value below which a part of a classic histogram's observations lies, on a straight line within its bucket.
 * @param buckets by rising bounds; without one for +Inf the answer is NaN.
 * Source: Prometheus' documentation of `histogram_quantile`.
 */
export function classicQuantile(buckets: readonly ClassicBucket[], quantile: number): ClassicQuantile {
  if (Number.isNaN(quantile)) return { value: Number.NaN, repair: null };
  if (quantile < 0 || quantile > 1) return { value: quantile < 0 ? -Infinity : Infinity, repair: null };
  if (!endsInfinite(buckets)) return { value: Number.NaN, repair: null };
  const { buckets: rising, repair } = repaired(buckets);
  return { value: valueAtRank(rising, quantile), repair };
}

function valueAtRank(buckets: readonly ClassicBucket[], quantile: number): number {
  const total = buckets.at(-1)?.count ?? 0;
  if (buckets.length < 2 || total === 0) return Number.NaN;
  const rank = quantile * total;
  const at = buckets.findIndex(({ count }) => count >= rank);
  const found = buckets[at];
  if (found === undefined || at === buckets.length - 1) return buckets.at(-2)?.bound ?? Number.NaN;
  if (at === 0 && found.bound <= 0) return found.bound;
  const before = buckets[at - 1] ?? { bound: 0, count: 0 };
  const part = (rank - before.count) / (found.count - before.count);
  return before.bound + (found.bound - before.bound) * part;
}

/**
 * The part of a classic histogram's observations that lies between two values; of buckets without a bound nothing is
 * known to lie within them.
 * Source: Prometheus' documentation of `histogram_fraction`.
 */
export function classicFraction(buckets: readonly ClassicBucket[], lower: number, upper: number): number {
  const total = buckets.at(-1)?.count ?? 0;
  if (!endsInfinite(buckets) || total === 0 || Number.isNaN(lower) || Number.isNaN(upper)) return Number.NaN;
  if (lower >= upper) return 0;
  const below = (value: number): number => Math.min(observationsBelow(buckets, value), total);
  return (below(upper) - below(lower)) / total;
}

function observationsBelow(buckets: readonly ClassicBucket[], value: number): number {
  let before: ClassicBucket = { bound: -Infinity, count: 0 };
  for (const bucket of buckets) {
    if (before.bound >= value) return before.count;
    if (bucket.bound > value) {
      if (before.bound === -Infinity) return bucket.count;
      const part = (value - before.bound) / (bucket.bound - before.bound);
      return before.count + (bucket.count - before.count) * part;
    }
    before = bucket;
  }
  return before.count;
}

function endsInfinite(buckets: readonly ClassicBucket[]): boolean {
  return buckets.at(-1)?.bound === Infinity;
}
