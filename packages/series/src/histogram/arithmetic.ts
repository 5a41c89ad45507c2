import { combined } from './cells.ts';
import { type CounterResetHint, CUSTOM_BUCKETS_SCHEMA, type Histogram } from './histogram.ts';
import { alike, columnsOf, type Parts, partsOf, sameBounds } from './parts.ts';

/** Two histograms put together, and what whoever reads the result has to know. */
export interface HistogramSum {
  readonly histogram: Histogram;
  /** One says that its counter began anew, the other that it did not. */
  readonly resetCollision: boolean;
  /** They had different custom bounds, of which those are left that both have. */
  readonly boundsReconciled: boolean;
}

/**
 * The sum of two histograms: in the coarser schema, with the wider zero bucket, of custom bounds those that both have,
 * without empty buckets. Null when only one of them has custom bounds.
 */
export function addHistograms(a: Histogram, b: Histogram): HistogramSum | null {
  return combine(a, b, 1);
}

/** The difference of two histograms, put together as in `addHistograms`; it is no counter. */
export function subtractHistograms(a: Histogram, b: Histogram): HistogramSum | null {
  const difference = combine(a, b, -1);
  if (difference === null) return null;
  return { ...difference, histogram: { ...difference.histogram, counterResetHint: 'gauge' } };
}

function combine(a: Histogram, b: Histogram, sign: 1 | -1): HistogramSum | null {
  const custom = a.schema === CUSTOM_BUCKETS_SCHEMA;
  if (custom !== (b.schema === CUSTOM_BUCKETS_SCHEMA)) return null;
  const [left, right] = alike(partsOf(a), partsOf(b));
  const parts: Parts = {
    ...left,
    zeroCount: left.zeroCount + sign * right.zeroCount,
    positive: combined(left.positive, right.positive, sign),
    negative: combined(left.negative, right.negative, sign),
  };
  const hints = [a.counterResetHint, b.counterResetHint];
  return {
    histogram: {
      ...columnsOf(parts),
      count: a.count + sign * b.count,
      sum: a.sum + sign * b.sum,
      counterResetHint: hintOfBoth(a.counterResetHint, b.counterResetHint),
    },
    resetCollision: hints.includes('reset') && hints.includes('not_reset'),
    boundsReconciled: custom && !sameBounds(a, b),
  };
}

/** A gauge makes the result a gauge; counters that do not agree leave it unknown whether it began anew. */
export function hintOfBoth(a: CounterResetHint, b: CounterResetHint): CounterResetHint {
  if (a === b) return a;
  return a === 'gauge' || b === 'gauge' ? 'gauge' : 'unknown';
}

/** A histogram with everything in it multiplied; what is negative is no counter. */
export function scaleHistogram(histogram: Histogram, factor: number): Histogram {
  const scaled = mapCounts(histogram, (count) => count * factor);
  return factor < 0 ? { ...scaled, counterResetHint: 'gauge' } : scaled;
}

/** A histogram with everything in it divided; by zero there are no buckets left. */
export function divideHistogram(histogram: Histogram, divisor: number): Histogram {
  const divided = mapCounts(histogram, (count) => count / divisor);
  const hinted: Histogram = divisor < 0 ? { ...divided, counterResetHint: 'gauge' } : divided;
  if (divisor !== 0) return hinted;
  return { ...hinted, positiveSpans: [], positiveBuckets: [], negativeSpans: [], negativeBuckets: [] };
}

/** The histogram without empty buckets. */
export function compactHistogram(histogram: Histogram): Histogram {
  if (!(histogram.positiveBuckets.includes(0) || histogram.negativeBuckets.includes(0))) return histogram;
  return { ...histogram, ...columnsOf(partsOf(histogram)) };
}

function mapCounts(histogram: Histogram, apply: (count: number) => number): Histogram {
  return {
    ...histogram,
    count: apply(histogram.count),
    sum: apply(histogram.sum),
    zeroCount: apply(histogram.zeroCount),
    positiveBuckets: histogram.positiveBuckets.map(apply),
    negativeBuckets: histogram.negativeBuckets.map(apply),
  };
}
