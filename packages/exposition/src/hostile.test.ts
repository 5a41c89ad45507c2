import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ExpositionError } from './exposition-error.ts';
import { readOpenMetrics } from './openmetrics.ts';
import { readWriteRequest } from './remote-write-1.ts';
import { readWriteRequest2 } from './remote-write-2.ts';
import type { TextSample } from './sink.ts';
import { MessageWriter } from './testing/message-writer.ts';
import { written } from './testing/written.ts';
import { readText } from './text.ts';

/** More than a linear reading of any of these takes, far less than a quadratic one. */
const SOON = 5_000;

function samplesOf(text: string, read = readText): { labels: string[]; timestamp: number | null }[] {
  const samples: { labels: string[]; timestamp: number | null }[] = [];
  read(text, {
    sample: (sample: TextSample) => samples.push({ labels: sample.labels(), timestamp: sample.timestamp }),
  });
  return samples;
}

test('a long number that is none is refused in one go, with a short message', { timeout: SOON }, () => {
  assert.throws(
    () => samplesOf(`m ${'1'.repeat(2_000_000)}x\n`),
    (error) => error instanceof ExpositionError && error.message.length < 400,
  );
});

test('a series of very many labels is read in one go, and one given twice is found', {
  timeout: SOON,
}, () => {
  const labels = Array.from({ length: 100_000 }, (_, at) => `l${at}="v"`).join(',');
  assert.equal(samplesOf(`m{${labels}} 1\n`)[0]?.labels.length, 200_002);
  assert.throws(() => samplesOf(`m{${labels},l7="w"} 1\n`), /given twice/);
});

test('labels of a sample do not keep the text that they were read from', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const held = (): number => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const body = `m{name="a value of some length"} 1\n# ${'x'.repeat(4_000_000)}\n`;
  const kept: string[][] = [];
  const before = held();
  for (let at = 0; at < 30; at++)
    readText(`# ${at}\n${body}`, {
      sample: (sample) => kept.push([...sample.labels(), sample.series]),
    });
  const grown = held() - before;
  assert.equal(kept.length, 30);
  assert.ok(grown < 30_000_000, `${grown} bytes`);
});

test('timestamps as far off as can be written are read, not taken for faults', () => {
  assert.equal(samplesOf('m 1 1700000000000000000\n')[0]?.timestamp, 1_700_000_000_000_000_000);
  assert.throws(() => samplesOf('m 1 9300000000000000000\n'), /timestamp/);
  const [far] = samplesOf('m 1 1e308\n# EOF\n', readOpenMetrics);
  assert.ok(Number.isFinite(far?.timestamp));
});

test('texts that begin with a byte order mark keep it', () => {
  const label = (inner: MessageWriter): unknown => inner.text(1, 'job').text(2, '\ufeffa');
  const one = new MessageWriter().message(1, (series) => series.message(1, label)).bytes;
  assert.deepEqual(written(readWriteRequest, one), ['series job \ufeffa']);
  const two = new MessageWriter().text(4, '').text(4, 'job').text(4, '\ufeffa');
  two.message(5, (series) => series.packed(1, [1, 2]));
  assert.deepEqual(written(readWriteRequest2, two.bytes), ['series job \ufeffa']);
});

test('symbols do not grow a short request into long labels', { timeout: SOON }, () => {
  const request = new MessageWriter().text(4, '').text(4, 'x'.repeat(50_000));
  request.message(5, (series) => series.packed(1, new Array<number>(20_000).fill(1)));
  assert.throws(() => written(readWriteRequest2, request.bytes), /labels of/);
});

test('histograms beyond their numbers are malformed', () => {
  const wrong: ((histogram: MessageWriter) => unknown)[] = [
    (histogram) => histogram.varint(4, 2 ** 40),
    (histogram) => histogram.message(11, (span) => span.varint(1, 2 ** 50)),
    (histogram) => histogram.message(11, (span) => span.varint(2, 2 ** 40)),
    (histogram) => histogram.raw(16, new Uint8Array(8 * 70_000)),
    (histogram) => {
      for (let at = 0; at < 40_000; at++) histogram.raw(11, Uint8Array.of()).raw(8, Uint8Array.of());
    },
  ];
  for (const write of wrong) {
    const bytes = new MessageWriter().message(1, (series) => series.message(4, write)).bytes;
    assert.throws(() => written(readWriteRequest, bytes), { name: 'ProtobufError' });
  }
});
