import { type Bucket, bucketsForEstimates } from './buckets.ts';
import type { Histogram } from './histogram.ts';
import { partBelow } from './interpolation.ts';

export interface FractionEstimate {
  readonly value: number;
  /** Some observations are NaN, which lies between no two numbers. */
  readonly withNaN: boolean;
}

/**
 * The part of a histogram's observations that lies between two values.
 * Source: Prometheus' documentation of `histogram_fraction`.
 */
export function histogramFraction(histogram: Histogram, lower: number, upper: number): FractionEstimate {
  if (histogram.count === 0 || Number.isNaN(lower) || Number.isNaN(upper))
    return { value: Number.NaN, withNaN: false };
  if (lower >= upper) return { value: 0, withNaN: false };
  const buckets = bucketsForEstimates(histogram);
  const inBuckets = buckets.reduce((sum, { count }) => sum + count, 0);
  // Of all observations those in buckets may be more, by rounding or in what was made of other histograms.
  const total = Number.isNaN(histogram.sum) ? inBuckets : histogram.count;
  const below = (value: number): number => Math.min(observationsBelow(buckets, value, total), total);
  return {
    value: (below(upper) - below(lower)) / histogram.count,
    withNaN: Number.isNaN(histogram.sum) && inBuckets < histogram.count,
  };
}

function observationsBelow(buckets: readonly Bucket[], value: number, total: number): number {
  let before = 0;
  for (const bucket of buckets) {
    if (bucket.lower >= value) return before;
    if (bucket.upper > value) return before + below(bucket, value);
    before += bucket.count;
  }
  return total;
}

/** Within a bucket without a bound there is no telling: its observations lie at the bound that it has. */
function below(bucket: Bucket, value: number): number {
  if (bucket.lower === -Infinity) return bucket.count;
  return bucket.upper === Infinity ? 0 : bucket.count * partBelow(bucket, value);
}
