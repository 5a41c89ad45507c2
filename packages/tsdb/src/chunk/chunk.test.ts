import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COUNTER_RESET_HINTS, type Histogram, StaleBits } from '@vigie/series';
import fc from 'fast-check';
import { DamageError } from '../bytes/byte-reader.ts';
import { SampleColumns } from '../sample-columns.ts';
import { encodeChunk, readChunk, readChunkHead } from './chunk.ts';

/** Steps between times: regular ones with a few that are not, or any. */
const gaps = fc.oneof(
  fc.array(fc.constant(15_000), { maxLength: 300 }),
  fc.array(fc.oneof({ weight: 9, arbitrary: fc.constant(15_000) }, fc.integer({ min: 1, max: 1e9 })), {
    maxLength: 300,
  }),
  fc.array(fc.integer({ min: 1, max: 2 ** 40 }), { maxLength: 50 }),
);

const odd = fc.constantFrom(
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  -0,
  1 / 3,
  5e-324,
  2 ** 53,
);

/** Values as series have them: counters, decimals, multiples, constants, floats of any kind, and all of them mixed. */
const kinds: readonly fc.Arbitrary<number>[] = [
  fc.integer({ min: 0, max: 1_000 }),
  fc.integer({ min: -1_000_000, max: 1_000_000 }).map((cents) => cents / 100),
  fc.integer({ min: 0, max: 1_000 }).map((pages) => pages * 4_096),
  fc.constant(42),
  fc.double(),
  fc.maxSafeInteger(),
  odd,
];
const valueLists = fc.oneof(
  ...kinds.map((kind) => fc.array(kind, { maxLength: 300 })),
  fc.array(fc.oneof({ weight: 20, arbitrary: fc.integer({ min: 0, max: 9 }) }, odd), { maxLength: 300 }),
  fc.array(fc.oneof(...kinds), { maxLength: 100 }),
);

function columns(first: number, steps: readonly number[], values: readonly number[]): SampleColumns {
  const into = new SampleColumns(4);
  let time = first;
  for (const [at, value] of values.entries()) {
    into.push(time, value);
    time += steps[at] ?? 60_000;
  }
  return into;
}

/** Every bit of what is in columns. */
function bits(samples: SampleColumns): [times: number[], values: string] {
  const { count } = samples;
  const values = new Uint8Array(samples.values.buffer, samples.values.byteOffset, 8 * count);
  return [[...samples.timestamps.subarray(0, count)], Buffer.from(values).toString('hex')];
}

function decoded(
  bytes: Uint8Array,
  after = Number.NEGATIVE_INFINITY,
  until = Number.POSITIVE_INFINITY,
): SampleColumns {
  const into = new SampleColumns(1);
  readChunk(bytes, into, after, until);
  return into;
}

test('floats come back with every bit', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 2e12 }), gaps, valueLists, (first, steps, values) => {
      const samples = columns(first, steps, values);
      assert.deepEqual(bits(decoded(encodeChunk(samples))), bits(samples));
    }),
    { numRuns: 1_500 },
  );
});

test('stale markers keep their bits among decimals, and among floats that are none', () => {
  for (const value of [1.5, Math.PI]) {
    const samples = new SampleColumns(1);
    for (let at = 0; at < 20; at++)
      if (at === 7 || at === 19) samples.pushStale(at);
      else samples.push(at, value * (at + 1));
    const back = decoded(encodeChunk(samples));
    const stale = new StaleBits(back.values);
    assert.deepEqual(
      Array.from({ length: 20 }, (_, at) => at).filter((at) => stale.at(at)),
      [7, 19],
    );
    assert.deepEqual(bits(back), bits(samples));
  }
});

test('a range leaves out what is at its left edge and before, and what is behind its right one', () => {
  const bytes = encodeChunk(
    columns(1_000, new Array<number>(9).fill(1_000), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
  );
  const into = new SampleColumns(1);
  readChunk(bytes, into, 3_000, 6_000);
  readChunk(bytes, into, 9_000, 1e9);
  readChunk(bytes, into, 20_000, 1e9);
  assert.deepEqual([...into.timestamps.subarray(0, into.count)], [4_000, 5_000, 6_000, 10_000]);
  assert.deepEqual([...into.values.subarray(0, into.count)], [4, 5, 6, 10]);
  assert.deepEqual(readChunkHead(bytes), { histograms: false, count: 10, first: 1_000, last: 10_000 });
});

test('when counters began comes back', () => {
  const samples = columns(0, [], [1, 2, 1, 2, 3]);
  samples.startTimestamps = Float64Array.of(0, 0, 110_000, 110_000, 200_000);
  const back = decoded(encodeChunk(samples));
  assert.deepEqual([...(back.startTimestamps ?? [])].slice(0, 5), [0, 0, 110_000, 110_000, 200_000]);
});

const spans = fc.array(
  fc.record({ offset: fc.integer({ min: -50, max: 50 }), length: fc.nat(4) }, { noNullPrototype: true }),
  {
    maxLength: 3,
  },
);
const counts = fc.oneof(fc.nat(1_000), fc.double({ min: 0, max: 1e9, noNaN: true }));
const histogram: fc.Arbitrary<Histogram> = fc
  .tuple(
    spans,
    spans,
    fc.integer({ min: -53, max: 8 }),
    fc.array(fc.double({ noNaN: true }), { maxLength: 3 }),
  )
  .chain(([positiveSpans, negativeSpans, schema, customValues]) => {
    const buckets = (of: readonly { length: number }[]) => {
      const length = of.reduce((sum, span) => sum + span.length, 0);
      return fc.array(counts, { minLength: length, maxLength: length });
    };
    return fc.record(
      {
        schema: fc.constant(schema),
        count: counts,
        sum: fc.double(),
        zeroThreshold: fc.double({ noNaN: true }),
        zeroCount: counts,
        positiveSpans: fc.constant(positiveSpans),
        positiveBuckets: buckets(positiveSpans),
        negativeSpans: fc.constant(negativeSpans),
        negativeBuckets: buckets(negativeSpans),
        customValues: fc.constant(customValues),
        counterResetHint: fc.constantFrom(...COUNTER_RESET_HINTS),
      },
      { noNullPrototype: true },
    );
  });

test('histograms come back, of one layout or of several', () => {
  const runs = fc.array(
    histogram.chain((one) =>
      fc.nat(4).map((times) => Array.from({ length: times + 1 }, (_, n) => grown(one, n))),
    ),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(runs, (lists) => {
      const samples = new SampleColumns(1);
      for (const [at, each] of lists.flat().entries()) samples.pushHistogram(1_000 * at, each);
      const back = decoded(encodeChunk(samples));
      assert.deepEqual(back.histograms ?? [], lists.flat());
    }),
    { numRuns: 500 },
  );
});

function grown(one: Histogram, by: number): Histogram {
  return {
    ...one,
    count: one.count + by,
    positiveBuckets: one.positiveBuckets.map((count) => count + 2 * by),
  };
}

test('floats behind histograms in the same columns, each with its own', () => {
  const histograms = new SampleColumns(1);
  const empty = {
    positiveSpans: [],
    positiveBuckets: [],
    negativeSpans: [],
    negativeBuckets: [],
    customValues: [],
  };
  const one: Histogram = {
    ...{ schema: 0, count: 1, sum: 2, zeroThreshold: 0, zeroCount: 1, counterResetHint: 'unknown' },
    ...empty,
  };
  histograms.pushHistogram(1, one);
  const into = new SampleColumns(1);
  readChunk(encodeChunk(columns(0, [], [5])), into, -1, 10);
  readChunk(encodeChunk(histograms), into, -1, 10);
  readChunk(encodeChunk(columns(2, [], [6])), into, -1, 10);
  assert.deepEqual(into.histograms, [undefined, one, undefined]);
  assert.equal(into.values[2], 6);
});

test('damaged bytes are damage or other samples, in bounded time and memory', () => {
  const bytes = encodeChunk(columns(0, [1, 5, 9], [1, 2, 3.5, Number.NaN, 9, 1e300, 4]));
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.nat(255), fc.nat(bytes.length), (at, byte, length) => {
      const broken = bytes.slice(0, length);
      if (at < length) broken[at] = byte;
      try {
        assert.ok(decoded(broken).count <= 65_536);
      } catch (error) {
        assert.ok(error instanceof DamageError, String(error));
      }
    }),
    { numRuns: 3_000 },
  );
});

test('whole numbers far from zero that rise and fall come back the same', () => {
  const slopes = fc.oneof(fc.constantFrom(0, 1, -1, 2 ** 45, -(2 ** 45)), fc.maxSafeInteger());
  const segments = fc.array(
    fc.record({ start: fc.maxSafeInteger(), slope: slopes, count: fc.integer({ min: 1, max: 60 }) }),
    { minLength: 1, maxLength: 4 },
  );
  const limit = 2 ** 51;
  fc.assert(
    fc.property(segments, (all) => {
      const values = all.flatMap(({ start, slope, count }) =>
        Array.from({ length: count }, (_, at) =>
          Math.max(-limit, Math.min(limit, (start % limit) + at * (slope % 2 ** 46))),
        ),
      );
      const samples = columns(0, [], values);
      const read = new SampleColumns(1);
      readChunk(encodeChunk(samples), read, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
      assert.deepEqual(bits(read), bits(samples));
    }),
    {
      numRuns: 500,
      examples: [
        [
          [
            { start: -(2 ** 51), slope: -24013810359820, count: 38 },
            { start: 2 ** 51 - 1, slope: -(2 ** 45), count: 45 },
          ],
        ],
      ],
    },
  );
});
