import type { ClassicBucket } from './classic-buckets.ts';

/** Where counts fell from a bucket to the next, which they cannot, and were raised. */
export interface Repair {
  /** The bounds of the first and the last bucket that was raised. */
  readonly from: number;
  readonly to: number;
  /** By how much at most. */
  readonly most: number;
}

export interface Repaired {
  readonly buckets: readonly ClassicBucket[];
  readonly repair: Repair | null;
}

/** Counts that differ by no more than this part of their sum differ by what rounding did. */
const ROUNDING = 1e-12;

/** The smallest float with all its digits. */
const LEAST_NORMAL = 2.2250738585072014e-308;

/**
 * The buckets with counts that never fall: each is compared with the last one that was not touched.
 * Source: Prometheus' documentation of `histogram_quantile`.
 */
export function repaired(buckets: readonly ClassicBucket[]): Repaired {
  const result: ClassicBucket[] = [];
  let kept = buckets[0]?.count ?? 0;
  let repair: Repair | null = null;
  for (const bucket of buckets) {
    const { bound, count } = bucket;
    if (count === kept || isRounding(kept, count)) {
      result.push({ bound, count: kept });
    } else if (count < kept) {
      result.push({ bound, count: kept });
      repair = widened(repair, { from: bound, to: bound, most: kept - count });
    } else {
      result.push(bucket);
      kept = count;
    }
  }
  return { buckets: result, repair };
}

/** Both repairs together. */
export function widened(repair: Repair | null, other: Repair): Repair {
  if (repair === null) return other;
  return {
    from: Math.min(repair.from, other.from),
    to: Math.max(repair.to, other.to),
    most: Math.max(repair.most, other.most),
  };
}

function isRounding(a: number, b: number): boolean {
  const size = Math.abs(a) + Math.abs(b);
  const distance = Math.abs(a - b);
  if (a === 0 || b === 0 || size < LEAST_NORMAL) return distance < ROUNDING * LEAST_NORMAL;
  return distance / Math.min(size, Number.MAX_VALUE) < ROUNDING;
}
