import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addHistograms, compactHistogram, subtractHistograms } from './arithmetic.ts';
import { equalHistograms, isReset } from './comparison.ts';
import { histogramFraction } from './fraction.ts';
import type { Histogram } from './histogram.ts';
import { histogramQuantile } from './quantile.ts';
import { emptyHistogram, randomHistogram } from './random-histogram.ts';
import { histogramVariance } from './spread.ts';
import { histogramText } from './text.ts';
import { HistogramTotal } from './total.ts';
import { trimHistogram } from './trim.ts';

const any = randomHistogram({ zeroThresholds: [0, 2 ** -10, 0.3, 1.7] });
const oneThreshold = randomHistogram({ zeroThresholds: [2 ** -30] });
const part = fc.double({ min: 0, max: 1, noNaN: true });

function sum(a: Histogram, b: Histogram): Histogram {
  const total = addHistograms(a, b);
  assert.ok(total);
  return total.histogram;
}

/** The same histogram with empty buckets between and behind the others. */
function spreadOut(histogram: Histogram): Histogram {
  const { positiveSpans: spans, positiveBuckets: buckets } = histogram;
  return {
    ...histogram,
    positiveSpans: spans.flatMap(({ offset, length }, at) =>
      offset > 0 && at > 0
        ? [
            { offset: 0, length: offset },
            { offset: 0, length },
          ]
        : [{ offset, length }],
    ),
    positiveBuckets: spans.flatMap(({ offset, length }, at) => {
      const first = spans.slice(0, at).reduce((total, span) => total + span.length, 0);
      const empty = offset > 0 && at > 0 ? new Array<number>(offset).fill(0) : [];
      return [...empty, ...buckets.slice(first, first + length)];
    }),
    negativeSpans: [...histogram.negativeSpans, { offset: 0, length: 2 }],
    negativeBuckets: [...histogram.negativeBuckets, 0, 0],
  };
}

test('sums of histograms do not depend on their order', () => {
  fc.assert(
    fc.property(any, any, (a, b) => {
      assert.ok(equalHistograms(sum(a, b), sum(b, a)));
    }),
  );
});

test('sums of histograms do not depend on what is added first', () => {
  fc.assert(
    fc.property(oneThreshold, oneThreshold, oneThreshold, (a, b, c) => {
      assert.ok(equalHistograms(sum(sum(a, b), c), sum(a, sum(b, c))));
    }),
  );
});

test('a total is what its histograms are one after another', () => {
  fc.assert(
    fc.property(fc.array(any, { minLength: 1, maxLength: 6 }), (histograms) => {
      const [first, ...rest] = histograms;
      assert.ok(first);
      const total = new HistogramTotal(first);
      for (const histogram of rest) assert.equal(total.add(histogram), 'added');
      assert.ok(equalHistograms(total.histogram, rest.reduce(sum, first)));
    }),
  );
});

test('no observation is lost when histograms are added, whatever their buckets', () => {
  fc.assert(
    fc.property(any, any, (a, b) => {
      const { count, zeroCount, positiveBuckets, negativeBuckets } = sum(a, b);
      const inBuckets = [zeroCount, ...positiveBuckets, ...negativeBuckets].reduce((x, y) => x + y, 0);
      assert.equal(count, a.count + b.count);
      assert.equal(inBuckets, count);
    }),
  );
});

test('what is added and taken away again has changed nothing but the resolution', () => {
  fc.assert(
    fc.property(any, any, (a, b) => {
      const back = subtractHistograms(sum(a, b), b)?.histogram;
      assert.ok(back);
      assert.ok(equalHistograms(back, sum(a, emptyHistogram(b.schema, back.zeroThreshold))));
    }),
  );
});

test('empty buckets say nothing', () => {
  fc.assert(
    fc.property(any, part, part, (histogram, x, y) => {
      const wide = spreadOut(histogram);
      const compact = compactHistogram(wide);
      assert.ok(equalHistograms(wide, histogram));
      assert.deepEqual(compact, histogram);
      assert.equal(histogramText(wide), histogramText(histogram));
      assert.equal(histogramVariance(wide), histogramVariance(histogram));
      assert.equal(isReset(wide, histogram), false);
      assert.equal(isReset(histogram, wide), false);
      if (histogram.negativeBuckets.length === 0) return;
      assert.deepEqual(histogramQuantile(wide, x), histogramQuantile(histogram, x));
      assert.deepEqual(histogramFraction(wide, x, y), histogramFraction(histogram, x, y));
    }),
  );
});

test('a quantile in a coarser schema lies in the bucket that it is in', () => {
  fc.assert(
    fc.property(oneThreshold, part, fc.integer({ min: 1, max: 3 }), (any, quantile, coarser) => {
      const histogram = { ...any, zeroCount: 0, negativeSpans: [], negativeBuckets: [] };
      const count = histogram.positiveBuckets.reduce((total, each) => total + each, 0);
      fc.pre(count > 0);
      const schema = histogram.schema - coarser;
      const fine = histogramQuantile({ ...histogram, count }, quantile).value;
      const coarse = histogramQuantile(
        sum({ ...histogram, count }, emptyHistogram(schema, 2 ** -30)),
        quantile,
      );
      const distance = Math.abs(Math.log2(fine) - Math.log2(coarse.value));
      assert.ok(distance <= 2 ** -schema + 1e-9, `${fine} and ${coarse.value}`);
    }),
  );
});

test('the part below a quantile is that quantile', () => {
  fc.assert(
    fc.property(oneThreshold, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (histogram, quantile) => {
      fc.pre(histogram.count > 0);
      const { value } = histogramQuantile(histogram, quantile);
      // Where there are no observations between two buckets any value has the same part below it.
      const below = histogramFraction(histogram, -Infinity, value - Math.abs(value) * 1e-9).value;
      const notAbove = histogramFraction(histogram, -Infinity, value + Math.abs(value) * 1e-9).value;
      assert.ok(below - 1e-6 <= quantile && quantile <= notAbove + 1e-6, `${below} ${quantile} ${notAbove}`);
    }),
  );
});

test('what is trimmed above and below a value are all observations', () => {
  fc.assert(
    fc.property(any, fc.double({ min: -100, max: 100, noNaN: true }), (histogram, bound) => {
      // A zero bucket without width is on both sides of zero.
      fc.pre(bound !== 0);
      const below = trimHistogram(histogram, bound, 'above');
      const above = trimHistogram(histogram, bound, 'below');
      assert.ok(Math.abs(below.count + above.count - histogram.count) <= 1e-9 * histogram.count);
      const { value } = histogramFraction(histogram, -Infinity, bound);
      if (histogram.count > 0) assert.ok(Math.abs(below.count / histogram.count - value) <= 1e-9);
    }),
  );
});

test('a histogram to which something is added has no reset', () => {
  fc.assert(
    fc.property(oneThreshold, oneThreshold, (a, b) => {
      const more = sum(a, b);
      assert.equal(isReset(a, more), false);
      if (b.count > 0) assert.equal(isReset(more, a), true);
    }),
  );
});
