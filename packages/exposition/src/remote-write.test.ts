import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ProtobufError } from './protobuf.ts';
import { readWriteRequest } from './remote-write-1.ts';
import { readWriteRequest2 } from './remote-write-2.ts';
import { unsnappy } from './snappy.ts';
import { MessageWriter } from './testing/message-writer.ts';
import { written } from './testing/written.ts';

/** The stale marker's bytes, little-endian. */
const STALE = Uint8Array.from([2, 0, 0, 0, 0, 0, 0xf0, 0x7f]);

function label(series: MessageWriter, name: string, value: string): MessageWriter {
  return series.message(1, (pair) => pair.text(1, name).text(2, value));
}

function histogram(message: MessageWriter): MessageWriter {
  return message
    .varint(1, 12)
    .double(3, 18.4)
    .sint(4, -1)
    .double(5, 0.001)
    .varint(6, 2)
    .message(11, (span) => span.sint(1, -3).varint(2, 2))
    .message(11, (span) => span.sint(1, 1).varint(2, 1))
    .packed(12, [2, 3, 2])
    .varint(14, 3)
    .varint(15, 7_000);
}

/** Deltas +1, -2, +1 from nothing: 1, -1, 0. */
const HISTOGRAM = {
  schema: -1,
  count: 12,
  sum: 18.4,
  zeroThreshold: 0.001,
  zeroCount: 2,
  positiveSpans: [
    { offset: -3, length: 2 },
    { offset: 1, length: 1 },
  ],
  positiveBuckets: [1, -1, 0],
  negativeSpans: [],
  negativeBuckets: [],
  customValues: [],
  counterResetHint: 'gauge',
};

test('1.0: samples, stale markers, times before 1970, exemplars, metadata, unknown fields', () => {
  const request = new MessageWriter()
    .message(1, (series) => {
      label(label(series, '__name__', 'up'), 'é', '')
        .message(2, (sample) => sample.double(1, 1.5).varint(2, 1_395_066_363_000))
        .message(2, (sample) => sample.fixed64(1, STALE).varint(2, -5))
        .message(2, (sample) => sample.double(1, Number.NaN).varint(2, Number.MAX_SAFE_INTEGER))
        .message(3, (exemplar) => label(exemplar, 't', 'x').double(2, 3).varint(3, 9))
        .message(4, histogram)
        .varint(99, 1);
    })
    .message(3, (metadata) => metadata.varint(1, 5).text(2, 'rpc').text(4, 'Calls').text(5, 'seconds'));
  assert.deepEqual(written(readWriteRequest, request.bytes), [
    'series __name__ up é ',
    'sample 1395066363000 1.5',
    'sample -5 stale',
    'sample 9007199254740991 NaN',
    'exemplar t x 3 9',
    `histogram 7000 ${JSON.stringify(HISTOGRAM)}`,
    'metadata rpc summary Calls seconds',
  ]);
});

test('1.0: labels apart from each other, and behind samples', () => {
  const request = new MessageWriter().message(1, (series) => {
    series.message(2, (sample) => sample.double(1, 1));
    label(series, 'b', 'c').message(2, (sample) => sample.double(1, 2));
    label(series, '__name__', 'a');
  });
  assert.deepEqual(written(readWriteRequest, request.bytes), [
    'series b c __name__ a',
    'sample 0 1',
    'sample 0 2',
  ]);
});

test('1.0: keys are equal for equal labels, wherever their series stand', () => {
  const series = (value: string): MessageWriter =>
    new MessageWriter().message(1, (one) => label(one, '__name__', value).message(2, (s) => s.double(1, 1)));
  const keys = ['a', 'b', 'a'].map((value) => {
    let key = '';
    readWriteRequest(series(value).bytes, {
      series: (labels) => {
        key = labels.key;
      },
      sample: () => {},
      histogram: () => {},
    });
    return key;
  });
  assert.equal(keys[0], keys[2]);
  assert.notEqual(keys[0], keys[1]);
});

function request2(series: (one: MessageWriter) => unknown): Uint8Array {
  const request = new MessageWriter();
  for (const symbol of ['', '__name__', 'up', 'job', 'x', 'Help', 's']) request.text(4, symbol);
  return request.message(5, series).bytes;
}

test('2.0: symbols, start timestamps, metadata of a series', () => {
  const bytes = request2((series) =>
    series
      .packed(1, [1, 2, 3, 4])
      .message(2, (sample) => sample.double(1, 2).varint(2, 50).varint(3, 40))
      .message(2, (sample) => sample.fixed64(1, STALE).varint(2, 60))
      .message(3, histogram)
      .message(4, (exemplar) => exemplar.packed(1, [3, 4]).double(2, 1).varint(3, 2))
      .message(5, (metadata) => metadata.varint(1, 1).varint(3, 5).varint(4, 6)),
  );
  assert.deepEqual(written(readWriteRequest2, bytes), [
    'series __name__ up job x',
    'sample 50 2 since 40',
    'sample 60 stale',
    `histogram 7000 ${JSON.stringify(HISTOGRAM)}`,
    'exemplar job x 1 2',
    'metadata up counter Help s',
  ]);
});

test('a request that Prometheus 2.42 sent', () => {
  const block = readFileSync(new URL('fixtures/prometheus-2.42-write.snappy', import.meta.url));
  const lines = written(readWriteRequest, unsnappy(block, 1_000_000));
  const wanted = readFileSync(new URL('fixtures/prometheus-2.42-write.txt', import.meta.url), 'utf8');
  assert.equal(`${lines.join('\n')}\n`, wanted);
});

const BAD: readonly (readonly [name: string, bytes: Uint8Array, reason: RegExp])[] = [
  ['a field without a number', Uint8Array.from([0]), /a field without a number/],
  ['a series longer than the request', Uint8Array.from([10, 5, 1]), /longer than its message/],
  ['a number without an end', Uint8Array.from([72, 0xff]), /ends within a number/],
  ['a number too long', Uint8Array.from([72, ...new Uint8Array(10).fill(0xff), 1]), /more than 6[34] bits/],
  ['a wire type that is none', Uint8Array.from([11]), /wire type 3/],
  [
    'a label that is not UTF-8',
    new MessageWriter().message(1, (s) => s.message(1, (l) => l.raw(1, Uint8Array.from([0xff])))).bytes,
    /not UTF-8/,
  ],
  [
    'a value of another type',
    new MessageWriter().message(1, (s) => s.message(2, (l) => l.varint(1, 1))).bytes,
    /field 1 has wire type 0 instead of 1/,
  ],
  [
    'spans without their buckets',
    new MessageWriter().message(1, (s) => s.message(4, (h) => h.message(11, (span) => span.varint(2, 3))))
      .bytes,
    /spans need 3 buckets, have 0/,
  ],
  [
    'spans beyond all bounds',
    new MessageWriter().message(1, (s) => s.message(4, (h) => h.message(11, (x) => x.varint(2, 2 ** 40))))
      .bytes,
    /a histogram of 1099511627776 buckets/,
  ],
];

for (const [name, bytes, reason] of BAD)
  test(`1.0 refuses ${name}`, () => {
    assert.throws(
      () => written(readWriteRequest, bytes),
      (error) => error instanceof ProtobufError && reason.test(error.message),
    );
  });

test('2.0 refuses symbols that are not there, and labels without values', () => {
  for (const [refs, reason] of [
    [[1, 99], /symbol 99 of 7 is referred to/],
    [[1], /a label without a value/],
  ] as const)
    assert.throws(
      () =>
        written(
          readWriteRequest2,
          request2((series) => series.packed(1, refs)),
        ),
      reason,
    );
  assert.throws(
    () => written(readWriteRequest2, new MessageWriter().text(4, 'x').bytes),
    /the first symbol is not empty/,
  );
});

test('cut anywhere, a request is refused or says less, and nothing else happens', () => {
  const whole = request2((series) => series.packed(1, [1, 2]).message(3, histogram));
  for (let length = 0; length < whole.length; length++)
    try {
      written(readWriteRequest2, whole.slice(0, length));
    } catch (error) {
      assert.ok(error instanceof ProtobufError, String(error));
    }
});
