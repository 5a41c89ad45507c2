import { upperBound } from './bounds.ts';
import { indexesOf } from './cells.ts';
import { CUSTOM_BUCKETS_SCHEMA, type Histogram } from './histogram.ts';

/** One bucket and where it lies. */
export interface Bucket {
  readonly lower: number;
  readonly upper: number;
  readonly count: number;
  readonly lowerInclusive: boolean;
  readonly upperInclusive: boolean;
  /** Its observations are taken to lie as close everywhere; else as close on a logarithmic scale. */
  readonly linear: boolean;
}

/** All buckets from the lowest to the highest; the zero bucket only when it is not empty. */
export function bucketsOf(histogram: Histogram): Bucket[] {
  return bucketCounts(histogram).map((_, place) => bucketAt(histogram, place));
}

/** As `bucketsOf`, each as `bucketForEstimates` has it. */
export function bucketsForEstimates(histogram: Histogram): Bucket[] {
  return bucketCounts(histogram).map((_, place) => bucketForEstimates(histogram, place));
}

/** The counts of the buckets that `bucketsOf` gives. */
export function bucketCounts({ negativeBuckets, zeroCount, positiveBuckets }: Histogram): number[] {
  const counts: number[] = [];
  for (let at = negativeBuckets.length - 1; at >= 0; at--) counts.push(negativeBuckets[at] ?? 0);
  if (zeroCount !== 0) counts.push(zeroCount);
  for (const count of positiveBuckets) counts.push(count);
  return counts;
}

/** The bucket at a place of `bucketsOf`. */
export function bucketAt(histogram: Histogram, place: number): Bucket {
  const { negativeBuckets, zeroCount } = histogram;
  const negatives = negativeBuckets.length;
  if (place < negatives) return negativeBucket(histogram, negatives - 1 - place);
  if (zeroCount === 0) return positiveBucket(histogram, place - negatives);
  return place === negatives ? zeroBucket(histogram) : positiveBucket(histogram, place - negatives - 1);
}

/**
 * As `bucketAt`, but the zero bucket of a histogram that has buckets on one side alone ends at zero: its observations
 * are taken to be of that side, too. Source: Prometheus' documentation of `histogram_quantile`.
 */
export function bucketForEstimates(histogram: Histogram, place: number): Bucket {
  const { zeroCount, positiveBuckets, negativeBuckets } = histogram;
  const bucket = bucketAt(histogram, place);
  if (zeroCount === 0 || place !== negativeBuckets.length) return bucket;
  const positive = positiveBuckets.length > 0;
  if (positive === negativeBuckets.length > 0) return bucket;
  return positive ? { ...bucket, lower: 0 } : { ...bucket, upper: 0 };
}

function zeroBucket({ zeroThreshold, zeroCount }: Histogram): Bucket {
  return {
    lower: -zeroThreshold,
    upper: zeroThreshold,
    count: zeroCount,
    lowerInclusive: true,
    upperInclusive: true,
    linear: true,
  };
}

function positiveBucket(histogram: Histogram, at: number): Bucket {
  const custom = histogram.schema === CUSTOM_BUCKETS_SCHEMA;
  const index = indexesOf(histogram.positiveSpans)[at] ?? 0;
  return {
    lower: upperBound(histogram, index - 1),
    upper: upperBound(histogram, index),
    count: histogram.positiveBuckets[at] ?? 0,
    // There is no custom bucket below the first one that could have its lower bound.
    lowerInclusive: custom && index === 0,
    upperInclusive: true,
    linear: custom,
  };
}

function negativeBucket(histogram: Histogram, at: number): Bucket {
  const index = indexesOf(histogram.negativeSpans)[at] ?? 0;
  return {
    lower: -upperBound(histogram, index),
    upper: -upperBound(histogram, index - 1),
    count: histogram.negativeBuckets[at] ?? 0,
    lowerInclusive: true,
    upperInclusive: false,
    linear: false,
  };
}
