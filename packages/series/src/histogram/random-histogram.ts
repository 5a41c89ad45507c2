import fc from 'fast-check';
import { exponentialBound } from './bounds.ts';
import { type Cells, type Side, sideOf } from './cells.ts';
import type { Histogram } from './histogram.ts';

/** Counts of some buckets near 1. */
const cells = fc
  .dictionary(fc.integer({ min: 0, max: 24 }).map(String), fc.integer({ min: 1, max: 50 }), { maxKeys: 8 })
  .map((counts) => {
    const indexes = Object.keys(counts)
      .map((key) => Number(key) - 12)
      .sort((a, b) => a - b);
    return { indexes, counts: indexes.map((index) => counts[String(index + 12)] ?? 0) };
  });

/** Without what the zero bucket covers. */
function sideBeyond(cells: Cells, schema: number, zeroThreshold: number): Side {
  const counts = cells.indexes.map((index, at) =>
    exponentialBound(index - 1, schema) < zeroThreshold ? 0 : (cells.counts[at] ?? 0),
  );
  return sideOf({ indexes: cells.indexes, counts });
}

/** Native histograms with exponential buckets, for tests. */
export function randomHistogram({ zeroThresholds }: { zeroThresholds: readonly number[] }) {
  return fc
    .record({
      schema: fc.integer({ min: -1, max: 3 }),
      sum: fc.integer({ min: -1000, max: 1000 }),
      zeroThreshold: fc.constantFrom(...zeroThresholds),
      zeroCount: fc.integer({ min: 0, max: 20 }),
      positive: cells,
      negative: cells,
    })
    .map(({ positive, negative, zeroCount, ...rest }): Histogram => {
      const { schema, zeroThreshold } = rest;
      const above = sideBeyond(positive, schema, zeroThreshold);
      const below = sideBeyond(negative, schema, zeroThreshold);
      const counts = [zeroCount, ...above.buckets, ...below.buckets];
      return {
        ...rest,
        zeroCount,
        count: counts.reduce((total, count) => total + count, 0),
        positiveSpans: above.spans,
        positiveBuckets: above.buckets,
        negativeSpans: below.spans,
        negativeBuckets: below.buckets,
        customValues: [],
        counterResetHint: 'unknown',
      };
    });
}

/** A histogram of nothing in a schema. */
export function emptyHistogram(schema: number, zeroThreshold = 0): Histogram {
  return {
    schema,
    zeroThreshold,
    count: 0,
    sum: 0,
    zeroCount: 0,
    positiveSpans: [],
    positiveBuckets: [],
    negativeSpans: [],
    negativeBuckets: [],
    customValues: [],
    counterResetHint: 'unknown',
  };
}
