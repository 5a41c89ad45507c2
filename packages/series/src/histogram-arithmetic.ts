import { BucketCounts } from './bucket-counts.ts';
import { floatText } from './float-text.ts';
import { CUSTOM_BUCKETS_SCHEMA, type Histogram } from './histogram.ts';

/** Two histograms put together, and what whoever reads the result has to know. */
export interface HistogramSum {
  readonly histogram: Histogram;
  /** One says that its counter began anew, the other that it did not. */
  readonly resetCollision: boolean;
  /** They had different custom bounds, of which those are left that both have. */
  readonly boundsReconciled: boolean;
}

/** The sum of two histograms in the coarser schema; null when only one of them has custom bounds. */
export function addHistograms(a: Histogram, b: Histogram): HistogramSum | null {
  const custom = a.schema === CUSTOM_BUCKETS_SCHEMA;
  if (custom !== (b.schema === CUSTOM_BUCKETS_SCHEMA)) return null;
  const hints = new Set([a.counterResetHint, b.counterResetHint]);
  const bounds = a.customValues.filter((bound) => b.customValues.includes(bound));
  const schema = Math.min(a.schema, b.schema);
  const zeroThreshold = Math.max(a.zeroThreshold, b.zeroThreshold);
  const left = BucketCounts.of(a, schema, zeroThreshold, bounds);
  const right = BucketCounts.of(b, schema, zeroThreshold, bounds);
  return {
    histogram: {
      schema,
      zeroThreshold,
      count: a.count + b.count,
      sum: a.sum + b.sum,
      customValues: bounds,
      counterResetHint: hints.size === 1 ? a.counterResetHint : hints.has('gauge') ? 'gauge' : 'unknown',
      ...left.plus(right).columns(),
    },
    resetCollision: hints.has('reset') && hints.has('not_reset'),
    boundsReconciled:
      custom && (bounds.length !== a.customValues.length || bounds.length !== b.customValues.length),
  };
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

/** Whether two histograms say the same, however their buckets are written. NaN sums count as the same. */
export function equalHistograms(a: Histogram, b: Histogram): boolean {
  return a.schema === b.schema && Object.is(a.count, b.count) && contents(a) === contents(b);
}

function contents(histogram: Histogram): string {
  const { schema, sum, zeroThreshold, zeroCount, customValues } = histogram;
  const columns = BucketCounts.of(histogram, schema, zeroThreshold, customValues).columns();
  return JSON.stringify([floatText(sum), zeroThreshold, zeroCount, customValues, columns]);
}

/** The histogram without empty buckets. */
export function compactHistogram(histogram: Histogram): Histogram {
  const { schema, zeroThreshold, customValues } = histogram;
  return { ...histogram, ...BucketCounts.of(histogram, schema, zeroThreshold, customValues).columns() };
}

/** The histogram cut off at a value. */
export function trimHistogram(histogram: Histogram, _bound: number, _cut: 'above' | 'below'): Histogram {
  return histogram;
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
