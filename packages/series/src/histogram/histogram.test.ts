import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addHistograms, divideHistogram, scaleHistogram, subtractHistograms } from './arithmetic.ts';
import { exponentialBound } from './bounds.ts';
import { equalHistograms, isReset } from './comparison.ts';
import { CUSTOM_BUCKETS_SCHEMA, type Histogram } from './histogram.ts';
import { emptyHistogram } from './random-histogram.ts';
import { bucketRows, histogramText } from './text.ts';
import { HistogramTotal } from './total.ts';

function exponential(buckets: readonly number[], rest: Partial<Histogram> = {}): Histogram {
  const count = buckets.reduce((total, each) => total + each, rest.zeroCount ?? 0);
  const spans = [{ offset: 0, length: buckets.length }];
  return { ...emptyHistogram(0), count, positiveSpans: spans, positiveBuckets: buckets, ...rest };
}

function custom(customValues: readonly number[], buckets: readonly number[]): Histogram {
  return exponential(buckets, { schema: CUSTOM_BUCKETS_SCHEMA, customValues });
}

const TEXTS: readonly [histogram: Histogram, text: string, rows: readonly (readonly unknown[])[]][] = [
  [emptyHistogram(0), '{count:0, sum:0}', []],
  [
    exponential([1, 0, 2]),
    '{count:3, sum:0, (0.5,1]:1, (2,4]:2}',
    [
      [0, '0.5', '1', '1'],
      [0, '2', '4', '2'],
    ],
  ],
  [
    exponential([], { zeroCount: 2, zeroThreshold: 1e-128, sum: Number.NaN }),
    '{count:2, sum:NaN, [-1e-128,1e-128]:2}',
    [[3, '-1e-128', '1e-128', '2']],
  ],
  [
    exponential([], { count: 3, negativeSpans: [{ offset: 1, length: 2 }], negativeBuckets: [1, 2] }),
    '{count:3, sum:0, [-4,-2):2, [-2,-1):1}',
    [
      [1, '-4', '-2', '2'],
      [1, '-2', '-1', '1'],
    ],
  ],
  [
    custom([1, 2.5], [1, 2, 3]),
    '{count:6, sum:0, [-Inf,1]:1, (1,2.5]:2, (2.5,+Inf]:3}',
    [
      [3, '-Inf', '1', '1'],
      [0, '1', '2.5', '2'],
      [0, '2.5', '+Inf', '3'],
    ],
  ],
];

for (const [histogram, text, rows] of TEXTS)
  test(`in one line and in an answer: ${text}`, () => {
    assert.equal(histogramText(histogram), text);
    assert.deepEqual(bucketRows(histogram), rows);
  });

const BOUNDS: readonly [index: number, schema: number, bound: number][] = [
  [0, 0, 1],
  [-1, 0, 0.5],
  [1, -4, 65536],
  [-1, -4, 2 ** -16],
  [2, 1, 2],
  [-3, 2, 2 ** -0.75],
  [1024, 0, Number.MAX_VALUE],
  [1025, 0, Infinity],
  [64, -4, Number.MAX_VALUE],
  [65, -4, Infinity],
  [2048, 1, Number.MAX_VALUE],
  [2049, 1, Infinity],
];

for (const [index, schema, bound] of BOUNDS)
  test(`bucket ${index} of schema ${schema} ends at ${bound}`, () => {
    const found = exponentialBound(index, schema);
    assert.ok(found === bound || Math.abs(found - bound) < 1e-15 * bound, String(found));
  });

test('bounds rise from bucket to bucket up to beyond the greatest float', () => {
  for (const schema of [0, 1, 3, 8])
    for (let index = 1020 * 2 ** schema; index <= 1024 * 2 ** schema; index++)
      assert.ok(
        exponentialBound(index, schema) > exponentialBound(index - 1, schema),
        `${index} of ${schema}`,
      );
});

const plain = exponential([2, 3]);
const RESETS: readonly [name: string, before: Histogram, after: Histogram, reset: boolean][] = [
  ['more of everything', plain, exponential([3, 3]), false],
  ['a lesser count', plain, exponential([2, 2]), true],
  ['a lesser bucket beside a greater one', plain, exponential([1, 5]), true],
  ['a bucket that is gone', plain, exponential([9]), true],
  ['as said, whatever the counts', plain, exponential([3, 3], { counterResetHint: 'reset' }), true],
  ['not, as is said', plain, exponential([1, 1], { counterResetHint: 'not_reset' }), false],
  ['a lesser sum alone', exponential([1], { sum: 5 }), exponential([1], { sum: -5 }), false],
  ['a finer schema', plain, exponential([2, 3], { schema: 1 }), true],
  ['a coarser schema', exponential([1, 1, 1], { schema: 1 }), exponential([1, 2]), false],
  [
    'a lesser zero bucket',
    exponential([5], { zeroThreshold: 0.1, zeroCount: 2 }),
    exponential([9], { zeroThreshold: 0.1, zeroCount: 1 }),
    true,
  ],
  ['a narrower zero bucket', exponential([1], { zeroThreshold: 0.1 }), exponential([1]), true],
  [
    'a zero bucket that has taken in a bucket',
    exponential([2, 3]),
    exponential([0, 3], { zeroThreshold: 1, zeroCount: 2 }),
    false,
  ],
  [
    'a zero bucket that cuts a bucket',
    exponential([2, 3]),
    exponential([0, 3], { zeroThreshold: 0.7, zeroCount: 2 }),
    true,
  ],
  ['custom buckets instead of others', plain, custom([1], [5, 5]), true],
  ['other custom bounds, more in all', custom([1, 2], [1, 1, 1]), custom([1, 3], [1, 1, 2]), false],
  ['other custom bounds, less in one', custom([1, 2], [2, 1, 1]), custom([1, 3], [1, 1, 3]), true],
];

for (const [name, before, after, reset] of RESETS)
  test(`${reset ? 'a reset' : 'no reset'}: ${name}`, () => {
    assert.equal(isReset(before, after), reset);
  });

test('histograms with equal numbers are equal, whatever they say of resets', () => {
  assert.ok(equalHistograms(plain, { ...plain, counterResetHint: 'gauge' }));
  assert.ok(equalHistograms({ ...plain, sum: Number.NaN }, { ...plain, sum: Number.NaN }));
  for (const other of [{ sum: 1 }, { count: 9 }, { zeroThreshold: 1 }, { zeroCount: 1 }, { schema: 1 }])
    assert.ok(!equalHistograms(plain, { ...plain, ...other }), JSON.stringify(other));
  assert.ok(!equalHistograms(custom([1], [1, 1]), custom([2], [1, 1])));
});

test('custom buckets and exponential ones cannot be put together', () => {
  assert.equal(addHistograms(plain, custom([1], [1, 1])), null);
  assert.equal(subtractHistograms(custom([1], [1, 1]), plain), null);
});

test('what is taken away or turned round is a gauge', () => {
  assert.equal(subtractHistograms(plain, plain)?.histogram.counterResetHint, 'gauge');
  assert.equal(scaleHistogram(plain, -1).counterResetHint, 'gauge');
  assert.equal(divideHistogram(plain, -2).counterResetHint, 'gauge');
  assert.equal(scaleHistogram(plain, 2).counterResetHint, 'unknown');
});

test('divided by zero there are no buckets', () => {
  const divided = divideHistogram(exponential([1], { sum: -1, zeroCount: 1 }), 0);
  assert.equal(histogramText(divided), '{count:+Inf, sum:-Inf, [-0,0]:+Inf}');
});

test('a total loses nothing to greater numbers that cancel out', () => {
  const total = new HistogramTotal(exponential([1], { sum: 1, count: 1 }));
  for (const factor of [1e100, -1e100])
    total.add(scaleHistogram(exponential([1], { sum: 1, count: 1 }), factor));
  assert.equal(histogramText(total.histogram), '{count:1, sum:1, (0.5,1]:1}');
  assert.equal(histogramText(total.dividedBy(2)), '{count:0.5, sum:0.5, (0.5,1]:0.5}');
});

test('what a total was about to lose is not counted twice when its buckets become coarser', () => {
  const total = new HistogramTotal(exponential([1], { schema: 1 }));
  for (const factor of [1e100, -1e100]) total.add(scaleHistogram(exponential([1], { schema: 1 }), factor));
  total.add(exponential([2]));
  assert.equal(histogramText(total.histogram), '{count:3, sum:0, (0.5,1]:3}');
});

test('a total says when bounds had to be given up, and takes nothing that is incompatible', () => {
  const total = new HistogramTotal(custom([1, 2], [1, 1, 1]));
  assert.equal(total.add(custom([1, 2], [1, 1, 1])), 'added');
  assert.equal(total.add(custom([1, 3], [1, 1, 1])), 'bounds reconciled');
  assert.equal(total.add(plain), 'incompatible');
  assert.equal(histogramText(total.histogram), '{count:9, sum:0, [-Inf,1]:3, (1,+Inf]:6}');
});
