import { type Bucket, bucketCounts, bucketForEstimates } from './buckets.ts';
import { CUSTOM_BUCKETS_SCHEMA, type Histogram } from './histogram.ts';
import { valueAt } from './interpolation.ts';

/** What NaN among the observations does to an estimate. */
export type NaNEffect = 'result is NaN' | 'result is skewed';

export interface QuantileEstimate {
  readonly value: number;
  /** Null when there are no such observations. */
  readonly nanEffect: NaNEffect | null;
}

/**
 * The value below which a part of a histogram's observations lies. Observations of NaN are in no bucket and count as
 * greater than all others.
 * Source: Prometheus' documentation of `histogram_quantile`.
 */
export function histogramQuantile(histogram: Histogram, quantile: number): QuantileEstimate {
  if (quantile < 0) return certain(-Infinity);
  if (quantile > 1) return certain(Infinity);
  if (histogram.count === 0 || Number.isNaN(quantile)) return certain(Number.NaN);
  const counts = bucketCounts(histogram);
  const withNaN =
    Number.isNaN(histogram.sum) && counts.reduce((sum, count) => sum + count, 0) < histogram.count;
  // From the nearer end less is lost to rounding; NaN lies behind the upper one.
  const upwards = quantile < 0.5 || Number.isNaN(histogram.sum);
  const found = upwards
    ? fromBelow(counts, quantile * histogram.count, histogram.count)
    : fromAbove(counts, (1 - quantile) * histogram.count, histogram.count);
  if (found !== undefined)
    return { value: valueIn(histogram, found), nanEffect: withNaN ? 'result is skewed' : null };
  if (Number.isNaN(histogram.sum)) return { value: Number.NaN, nanEffect: withNaN ? 'result is NaN' : null };
  // The buckets have less than the count says, which no observations lead to.
  const last = upwards
    ? counts.findLastIndex((count) => count !== 0)
    : counts.findIndex((count) => count !== 0);
  return certain(last === -1 ? 0 : bucketForEstimates(histogram, last).upper);
}

function certain(value: number): QuantileEstimate {
  return { value, nanEffect: null };
}

/** A bucket, and how far in it. */
interface Place {
  /** Which one of all. */
  readonly at: number;
  /** Observations of the bucket that lie below. */
  readonly below: number;
}

/** @param most buckets that were made by calculating may have more together. */
function fromBelow(counts: readonly number[], rank: number, most: number): Place | undefined {
  let reached = 0;
  for (const [at, count] of counts.entries()) {
    if (count === 0) continue;
    reached += count;
    if (reached >= rank) return { at, below: rank - (Math.min(reached, most) - count) };
  }
  return undefined;
}

function fromAbove(counts: readonly number[], rank: number, most: number): Place | undefined {
  let reached = 0;
  for (let at = counts.length - 1; at >= 0; at--) {
    const count = counts[at] ?? 0;
    if (count === 0) continue;
    reached += count;
    if (reached >= rank) return { at, below: Math.min(reached, most) - rank };
  }
  return undefined;
}

function valueIn(histogram: Histogram, { at, below }: Place): number {
  const bucket = bucketForEstimates(histogram, at);
  const part = below / bucket.count;
  if (histogram.schema !== CUSTOM_BUCKETS_SCHEMA) return valueAt(bucket, part);
  return valueInCustom(bucket, part);
}

/** Buckets without a bound are as classic ones: the lowest begins at 0, of the highest one bound is known. */
function valueInCustom(bucket: Bucket, part: number): number {
  if (bucket.lower === -Infinity) return bucket.upper <= 0 ? bucket.upper : bucket.upper * part;
  return bucket.upper === Infinity ? bucket.lower : valueAt(bucket, part);
}
