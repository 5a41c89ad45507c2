import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Histogram, Labels, matcher } from '@vigie/series';
import { SampleColumns } from '../sample-columns.ts';
import { CrashingFolder } from '../testing/crashing-folder.ts';
import { Head } from './head.ts';
import type { HeadSeries } from './head-series.ts';
import type { Outcome } from './outcome.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

function named(job: string): Labels {
  return Labels.of({ __name__: 'm', job });
}

function put(head: Head, series: HeadSeries, time: number, value: number): Outcome {
  const batch = head.batch();
  const outcome = batch.add(series, time, value, false);
  head.apply(batch);
  return outcome;
}

function putHistogram(head: Head, series: HeadSeries, time: number, histogram: Histogram): Outcome {
  const batch = head.batch();
  const outcome = batch.addHistogram(series, time, histogram);
  head.apply(batch);
  return outcome;
}

/** `time value` of every sample that has a series of these labels. */
function contents(head: Head, labels: Labels): string[] {
  return head.select('p', [matcher('job', '=', labels.get('job'))]).flatMap((series) => {
    const samples = new SampleColumns(1);
    head.read(series, samples, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
    return Array.from(
      { length: samples.count },
      (_, at) => `${samples.timestamps[at]} ${samples.histograms?.[at]?.count ?? samples.values[at]}`,
    );
  });
}

/** The power goes and comes again; of what was not synced, all or nothing is kept. */
function restarted(head: Head, folder: CrashingFolder, keepsAll = false): Head {
  head[Symbol.dispose]();
  folder.crash((unsynced) => (keepsAll ? unsynced : 0));
  return new Head(folder);
}

function histogram(count: number, buckets: number): Histogram {
  return {
    ...{ schema: 1, count, sum: 1, zeroThreshold: 0, zeroCount: 0 },
    ...{ positiveSpans: [{ offset: 0, length: buckets }] },
    positiveBuckets: new Array<number>(buckets).fill(1 / 3),
    ...{ negativeSpans: [], negativeBuckets: [], customValues: [], counterResetHint: 'unknown' },
  };
}

test('times that no log can write are refused, and take nothing with them', () => {
  const folder = new CrashingFolder();
  const head = new Head(folder);
  for (const [at, time] of [2 ** 60, -(2 ** 62), Number.POSITIVE_INFINITY, Number.NaN].entries()) {
    const outcome = put(head, head.series(`q${at}`, named('far')), time, 1);
    assert.match(outcome, /^too_/, `${time}`);
  }
  assert.equal(put(head, head.series('p', named('a')), -HOUR, 1), 'stored');
  head.commit();
  assert.equal(put(head, head.series('p', named('b')), -1, 2), 'stored');
  head.commit();
  const again = restarted(head, folder);
  assert.deepEqual(again.damages, []);
  assert.deepEqual(contents(again, named('a')), [`${-HOUR} 1`]);
  assert.deepEqual(contents(again, named('b')), ['-1 2']);
});

test('labels longer than a record: refused, and the log goes on', () => {
  const head = new Head(new CrashingFolder());
  assert.throws(() => head.series('p', named('x'.repeat(5_000_000))), { name: 'RangeError' });
  assert.equal(head.table.size, 0);
  for (let at = 0; at < 40; at++) head.series('p', named(`${at}${'\u20ac'.repeat(120_000)}`));
  head.commit();
  head.commit();
});

test('histograms of many buckets: chunks of them fit their records, over a restart', () => {
  const folder = new CrashingFolder();
  const head = new Head(folder);
  const series = head.series('p', named('h'));
  const every: string[] = [];
  for (let at = 1; at <= 130; at++) {
    assert.equal(putHistogram(head, series, at, histogram(at, 6_000)), 'stored');
    every.push(`${at} ${at}`);
  }
  head.checkpoint();
  while (head.maintain());
  assert.deepEqual(contents(restarted(head, folder), named('h')), every);
});

test('histograms that no log can write are refused, and the batch is as before', () => {
  const folder = new CrashingFolder();
  const head = new Head(folder);
  const series = head.series('p', named('h'));
  const wrong: Partial<Histogram>[] = [
    { customValues: new Array<number>(70_000).fill(1) },
    { positiveSpans: [{ offset: 2 ** 60, length: 1 }] },
    { positiveSpans: new Array(70_000).fill({ offset: 0, length: 0 }) },
    { positiveSpans: [{ offset: 0, length: 3 }] },
    { schema: 2 ** 60 },
  ];
  for (const part of wrong)
    assert.throws(() => head.batch().addHistogram(series, 1, { ...histogram(1, 1), ...part }), {
      name: 'RangeError',
    });
  assert.equal(put(head, series, 1, 1), 'stored');
  head.commit();
  const again = restarted(head, folder);
  assert.deepEqual(again.damages, []);
  assert.deepEqual(contents(again, named('h')), ['1 1']);
});

test('a chunk whose series was never committed does not become one of a later series', () => {
  const folder = new CrashingFolder();
  const head = new Head(folder);
  head.commit();
  const lost = head.series('p', named('lost'));
  // More than a head file gathers before it is handed to the disk.
  for (let at = 0; at < 60; at++) putHistogram(head, lost, at * 4 * MINUTE, histogram(at, 6_000));
  head.maintain();
  const second = restarted(head, folder, true);
  assert.deepEqual(contents(second, named('lost')), []);
  put(second, second.series('p', named('new')), 7 * HOUR, 1);
  second.commit();
  const third = restarted(second, folder);
  assert.deepEqual(contents(third, named('new')), [`${7 * HOUR} 1`]);
});

test('texts that begin with a byte order mark keep it over a restart', () => {
  const folder = new CrashingFolder();
  const head = new Head(folder);
  const labels = named('\ufeffa');
  put(head, head.series('p', labels), 1, 1);
  head.commit();
  assert.deepEqual(contents(restarted(head, folder), labels), ['1 1']);
});

test('what is sent again is the same: a histogram, a sample of a closed chunk, a late one of the same batch', () => {
  const head = new Head(new CrashingFolder(), { lateWindow: HOUR });
  const h = head.series('p', named('h'));
  putHistogram(head, h, 1, histogram(1, 2));
  assert.equal(putHistogram(head, h, 1, histogram(1, 2)), 'same');
  assert.equal(putHistogram(head, h, 1, histogram(2, 2)), 'duplicate');
  assert.equal(put(head, h, 1, 0), 'duplicate');
  const a = head.series('p', named('a'));
  put(head, a, 1_000, 1);
  const batch = head.batch();
  assert.deepEqual(
    [
      batch.add(a, 500, 1, false),
      batch.add(a, 500, 1, false),
      batch.add(a, 500, 2, false),
      batch.add(a, 3_000, 1, false),
      batch.add(a, 2_000, 1, false),
      batch.add(a, 3_500, 1, false),
      batch.add(a, 3_000, 2, false),
    ],
    ['stored', 'same', 'duplicate', 'stored', 'stored', 'stored', 'duplicate'],
  );
  head.beginCut(2 * HOUR);
  assert.deepEqual([put(head, a, 1_000, 1), put(head, a, 1_000, 2)], ['same', 'duplicate']);
});

test('a log whose files are gone goes on behind its checkpoint', () => {
  const folder = new CrashingFolder();
  const head = new Head(folder);
  for (let at = 0; at < 3; at++) {
    put(head, head.series('p', named('a')), at, at);
    head.checkpoint();
    while (head.maintain());
  }
  head[Symbol.dispose]();
  folder.remove('log/');
  const second = new Head(folder);
  put(second, second.series('p', named('a')), 10, 10);
  second.commit();
  assert.deepEqual(contents(restarted(second, folder), named('a')), ['0 0', '1 1', '2 2', '10 10']);
});
