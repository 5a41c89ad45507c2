import type { Histogram, Span } from '@vigie/series';
import { bucketsByIndex } from './histogram-notation.ts';

/** How far two floats may be from each other, as a part of the sum of their sizes. */
const TOLERANCE = 1e-6;

/** The smallest float with all its digits; whatever is compared with zero has to be nearly exact. */
const LEAST_NORMAL = 2.2250738585072014e-308;

/** Whether two floats are the same but for what rounding may do. NaN equals NaN. */
export function nearlyEqual(a: number, b: number): boolean {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return true;
  const size = Math.abs(a) + Math.abs(b);
  const distance = Math.abs(a - b);
  if (a === 0 || b === 0 || size < LEAST_NORMAL) return distance < TOLERANCE * LEAST_NORMAL;
  return distance / Math.min(size, Number.MAX_VALUE) < TOLERANCE;
}

/** Whether two histograms are the same but for rounding, empty buckets and, unless asked for, the reset hint. */
export function nearlyEqualHistograms(a: Histogram, b: Histogram, withHint: boolean): boolean {
  return (
    a.schema === b.schema &&
    nearlyEqual(a.count, b.count) &&
    nearlyEqual(a.sum, b.sum) &&
    a.zeroThreshold === b.zeroThreshold &&
    nearlyEqual(a.zeroCount, b.zeroCount) &&
    a.customValues.length === b.customValues.length &&
    a.customValues.every((bound, at) => bound === b.customValues[at]) &&
    sameBuckets(a.positiveSpans, a.positiveBuckets, b.positiveSpans, b.positiveBuckets) &&
    sameBuckets(a.negativeSpans, a.negativeBuckets, b.negativeSpans, b.negativeBuckets) &&
    (!withHint || a.counterResetHint === b.counterResetHint)
  );
}

function sameBuckets(
  aSpans: readonly Span[],
  aBuckets: readonly number[],
  bSpans: readonly Span[],
  bBuckets: readonly number[],
): boolean {
  const a = bucketsByIndex(aSpans, aBuckets);
  const b = bucketsByIndex(bSpans, bBuckets);
  const indexes = new Set([...a.keys(), ...b.keys()]);
  return [...indexes].every((index) => nearlyEqual(a.get(index) ?? 0, b.get(index) ?? 0));
}
