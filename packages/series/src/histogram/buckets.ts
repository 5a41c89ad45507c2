import { upperBound } from './bounds.ts';
import { cellsOf } from './cells.ts';
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
  const zero = histogram.zeroCount === 0 ? [] : [zeroBucket(histogram)];
  return [...negativeBuckets(histogram), ...zero, ...positiveBuckets(histogram)];
}

/**
 * As `bucketsOf`, where the zero bucket of a histogram that has buckets on one side alone ends at zero: its observations
 * are taken to be of that side, too. Source: Prometheus' documentation of `histogram_quantile`.
 */
export function bucketsForEstimates(histogram: Histogram): Bucket[] {
  const { zeroCount, positiveBuckets: positive, negativeBuckets: negative } = histogram;
  const buckets = bucketsOf(histogram);
  if (zeroCount === 0 || positive.length > 0 === negative.length > 0) return buckets;
  const place = negative.length > 0 ? buckets.length - 1 : 0;
  const zero = buckets[place];
  if (zero !== undefined)
    buckets[place] = positive.length > 0 ? { ...zero, lower: 0 } : { ...zero, upper: 0 };
  return buckets;
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

function positiveBuckets(histogram: Histogram): Bucket[] {
  const { positiveSpans: spans, positiveBuckets: buckets } = histogram;
  const custom = histogram.schema === CUSTOM_BUCKETS_SCHEMA;
  const { indexes, counts } = cellsOf({ spans, buckets });
  return indexes.map((index, at) => ({
    lower: upperBound(histogram, index - 1),
    upper: upperBound(histogram, index),
    count: counts[at] ?? 0,
    // There is no custom bucket below the first one that could have its lower bound.
    lowerInclusive: custom && index === 0,
    upperInclusive: true,
    linear: custom,
  }));
}

function negativeBuckets(histogram: Histogram): Bucket[] {
  const { negativeSpans: spans, negativeBuckets: buckets } = histogram;
  const { indexes, counts } = cellsOf({ spans, buckets });
  return indexes
    .map((index, at) => ({
      lower: -upperBound(histogram, index),
      upper: -upperBound(histogram, index - 1),
      count: counts[at] ?? 0,
      lowerInclusive: true,
      upperInclusive: false,
      linear: false,
    }))
    .reverse();
}
