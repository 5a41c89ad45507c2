import type { ClassicBuckets } from './classic-buckets.ts';

/** Where counts fell from a bucket to the next, which they cannot, and were raised. */
export interface Repair {
  /** The bounds of the first and the last bucket that was raised. */
  readonly from: number;
  readonly to: number;
  /** By how much at most. */
  readonly most: number;
}

/** Counts that differ by no more than this part of their sum differ by what rounding did. */
const ROUNDING = 1e-12;

/** The smallest float with all its digits. */
const LEAST_NORMAL = 2.2250738585072014e-308;

/**
 * Makes the counts of buckets never fall: each is compared with the last one that was not touched.
 * @returns null when nothing but what rounding does had to be put right.
 * Source: Prometheus' documentation of `histogram_quantile`.
 */
export function repair({ bounds, counts, length }: ClassicBuckets): Repair | null {
  let kept = counts[0] ?? 0;
  let done: Repair | null = null;
  for (let at = 1; at < length; at++) {
    const count = counts[at] ?? 0;
    if (count === kept) continue;
    const rounded = isRounding(kept, count);
    if (!rounded && count > kept) {
      kept = count;
      continue;
    }
    counts[at] = kept;
    const bound = bounds[at] ?? 0;
    if (!rounded) done = widened(done, { from: bound, to: bound, most: kept - count });
  }
  return done;
}

/** Both repairs together. */
export function widened(before: Repair | null, other: Repair): Repair {
  if (before === null) return other;
  return {
    from: Math.min(before.from, other.from),
    to: Math.max(before.to, other.to),
    most: Math.max(before.most, other.most),
  };
}

function isRounding(a: number, b: number): boolean {
  const size = Math.abs(a) + Math.abs(b);
  const distance = Math.abs(a - b);
  if (a === 0 || b === 0 || size < LEAST_NORMAL) return distance < ROUNDING * LEAST_NORMAL;
  return distance / Math.min(size, Number.MAX_VALUE) < ROUNDING;
}
