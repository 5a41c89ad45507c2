import { type Bucket, bucketsForEstimates } from './buckets.ts';
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
  const buckets = bucketsForEstimates(histogram).filter(({ count }) => count !== 0);
  const inBuckets = buckets.reduce((sum, { count }) => sum + count, 0);
  const withNaN = Number.isNaN(histogram.sum) && inBuckets < histogram.count;
  // From the nearer end less is lost to rounding; NaN lies behind the upper one.
  const upwards = quantile < 0.5 || Number.isNaN(histogram.sum);
  const found = upwards
    ? fromBelow(buckets, quantile * histogram.count, histogram.count)
    : fromAbove(buckets, (1 - quantile) * histogram.count, histogram.count);
  if (found !== undefined)
    return { value: valueIn(histogram, found), nanEffect: withNaN ? 'result is skewed' : null };
  if (Number.isNaN(histogram.sum)) return { value: Number.NaN, nanEffect: withNaN ? 'result is NaN' : null };
  // The buckets have less than the count says, which no observations lead to.
  return certain(buckets.at(upwards ? -1 : 0)?.upper ?? 0);
}

function certain(value: number): QuantileEstimate {
  return { value, nanEffect: null };
}

/** A bucket, and how far in it. */
interface Place {
  readonly bucket: Bucket;
  /** Observations of the bucket that lie below. */
  readonly below: number;
}

/** @param most buckets that were made by calculating may have more together. */
function fromBelow(buckets: readonly Bucket[], rank: number, most: number): Place | undefined {
  let reached = 0;
  for (const bucket of buckets) {
    reached += bucket.count;
    if (reached >= rank) return { bucket, below: rank - (Math.min(reached, most) - bucket.count) };
  }
  return undefined;
}

function fromAbove(buckets: readonly Bucket[], rank: number, most: number): Place | undefined {
  let reached = 0;
  for (let at = buckets.length - 1; at >= 0; at--) {
    const bucket = buckets[at];
    if (bucket === undefined) continue;
    reached += bucket.count;
    if (reached >= rank) return { bucket, below: Math.min(reached, most) - rank };
  }
  return undefined;
}

/** Custom buckets without a bound are as classic ones: the lowest begins at 0, of the highest one bound is known. */
function valueIn({ schema }: Histogram, { bucket, below }: Place): number {
  const part = below / bucket.count;
  if (schema !== CUSTOM_BUCKETS_SCHEMA) return valueAt(bucket, part);
  if (bucket.lower === -Infinity) return bucket.upper <= 0 ? bucket.upper : bucket.upper * part;
  return bucket.upper === Infinity ? bucket.lower : valueAt(bucket, part);
}
