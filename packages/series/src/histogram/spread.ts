import { type Bucket, bucketsOf } from './buckets.ts';
import type { Histogram } from './histogram.ts';

/** The mean of what was observed. */
export function histogramMean({ sum, count }: Histogram): number {
  return sum / count;
}

/**
 * An estimate of the variance of what was observed: each observation is taken to be the middle of its bucket, which is
 * 0 for the zero bucket.
 * Source: Prometheus' documentation of `histogram_stdvar`.
 */
export function histogramVariance(histogram: Histogram): number {
  const mean = histogramMean(histogram);
  let squares = 0;
  let lost = 0;
  for (const bucket of bucketsOf(histogram)) {
    if (bucket.count === 0) continue;
    const square = bucket.count * (middleOf(bucket) - mean) ** 2;
    const next = squares + square;
    // What rounding takes away is kept beside the sum, which is the greater one as soon as it matters (Neumaier).
    if (Number.isFinite(next))
      lost += Math.abs(squares) >= Math.abs(square) ? squares - next + square : square - next + squares;
    squares = next;
  }
  return (squares + lost) / histogram.count;
}

/** The middle of a bucket on the scale on which its observations lie. */
export function middleOf({ lower, upper, linear }: Pick<Bucket, 'lower' | 'upper' | 'linear'>): number {
  return linear ? (lower + upper) / 2 : Math.sign(lower) * Math.sqrt(lower * upper);
}
