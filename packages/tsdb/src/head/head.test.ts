import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Histogram, Labels, matcher } from '@vigie/series';
import fc from 'fast-check';
import { SampleColumns } from '../sample-columns.ts';
import { CrashingFolder } from '../testing/crashing-folder.ts';
import { Head, TooManySeriesError } from './head.ts';
import type { Outcome } from './outcome.ts';

const HOUR = 3_600_000;
const EVER = Number.POSITIVE_INFINITY;

function labels(job: string): Labels {
  return Labels.of({ __name__: 'm', job });
}

/** What a project's series hold: `job time value` for each sample, a stale one as `stale`. */
function contents(head: Head, project = 'p'): string[] {
  const lines: string[] = [];
  for (const series of head.select(project, [matcher('__name__', '=', 'm')])) {
    const samples = new SampleColumns(1);
    head.read(series, samples, Number.NEGATIVE_INFINITY, EVER);
    for (let at = 0; at < samples.count; at++) {
      const value = samples.isStale(at) ? 'stale' : (samples.histograms?.[at]?.count ?? samples.values[at]);
      lines.push(`${series.labels.get('job')} ${samples.timestamps[at]} ${value}`);
    }
  }
  return lines.sort();
}

function add(head: Head, job: string, time: number, value: number, project = 'p'): Outcome {
  const batch = head.batch();
  const outcome = batch.add(head.series(project, labels(job)), time, value, Number.isNaN(value));
  head.apply(batch);
  return outcome;
}

type Step =
  | {
      readonly kind: 'samples';
      readonly jobs: readonly number[];
      readonly times: number;
      readonly gap: number;
    }
  | { readonly kind: 'commit' }
  | { readonly kind: 'maintain' }
  | { readonly kind: 'checkpoint' }
  | { readonly kind: 'crash'; readonly keep: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('samples' as const),
      jobs: fc.array(fc.nat(5), { minLength: 1, maxLength: 3 }),
      times: fc.nat(200),
      gap: fc.constantFrom(1_000, 15_000, 15_000, HOUR),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('commit' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('maintain' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('checkpoint' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('crash' as const),
      keep: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  },
);

test('whatever a crash keeps: what was committed is there, and nothing that never was, late samples too', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.boolean(), (steps, late) => {
      const folder = new CrashingFolder();
      const open = (): Head => new Head(folder, { lateWindow: late ? 100 * HOUR : 0 });
      let head = open();
      let committed: string[] = [];
      const ever = new Set<string>();
      let time = 0;
      for (const each of steps) {
        if (each.kind === 'samples')
          for (let at = 0; at < each.times; at++) {
            time += each.gap;
            for (const job of each.jobs) {
              const when = late && (at * 7 + job) % 5 === 0 ? time - 3.5 * each.gap : time;
              const value = (at * job) % 11 === 0 ? Number.NaN : at * job;
              if (add(head, `j${job}`, when, value) === 'stored')
                ever.add(`j${job} ${when} ${Number.isNaN(value) ? 'stale' : value}`);
            }
          }
        else if (each.kind === 'commit') {
          head.commit();
          committed = contents(head);
        } else if (each.kind === 'maintain') head.maintain();
        else if (each.kind === 'checkpoint') {
          head.checkpoint();
          while (head.maintain());
          committed = contents(head);
        } else {
          head[Symbol.dispose]();
          folder.crash((unsynced) => Math.floor(unsynced * each.keep));
          head = open();
          assert.deepEqual(
            head.damages.filter(({ reason }) => !/cut off|checksum|bytes/.test(reason)),
            [],
          );
        }
        const now = new Set(contents(head));
        for (const line of committed) assert.ok(now.has(line), `lost: ${line}`);
        for (const line of now) assert.ok(ever.has(line), `invented: ${line}`);
        assert.equal(now.size, contents(head).length, 'twice the same');
      }
    }),
    { numRuns: 60 },
  );
});

test('what is taken and what is refused, and why', () => {
  const head = new Head(new CrashingFolder());
  head.horizon = 10 * HOUR;
  const outcomes = [
    add(head, 'a', 5 * HOUR, 1),
    add(head, 'a', 5 * HOUR, 1),
    add(head, 'a', 5 * HOUR, 2),
    add(head, 'a', 5 * HOUR - 1, 2),
    add(head, 'a', 5 * HOUR, Number.NaN),
    add(head, 'b', 4 * HOUR, 1),
    add(head, 'c', 4 * HOUR - 1, 1),
    add(head, 'a', 10 * HOUR + 1, 1),
    add(head, 'a', 10 * HOUR, Number.NaN),
    add(head, 'a', 10 * HOUR, Number.NaN),
    add(head, 'z', 0, 1, 'another project'),
  ];
  assert.deepEqual(outcomes, [
    ...([
      'stored',
      'same',
      'duplicate',
      'out_of_order',
      'duplicate',
      'stored',
      'too_old',
      'too_new',
    ] as const),
    ...(['stored', 'same', 'stored'] as const),
  ]);
  assert.deepEqual(contents(head), [`a ${5 * HOUR} 1`, `a ${10 * HOUR} stale`, `b ${4 * HOUR} 1`]);
  assert.deepEqual(contents(head, 'another project'), ['z 0 1']);
});

test('a window for late samples: taken at any place in it, once', () => {
  const head = new Head(new CrashingFolder(), { lateWindow: HOUR });
  for (let at = 0; at < 500; at++) add(head, 'a', at * 15_000, at);
  const newest = 499 * 15_000;
  assert.deepEqual(
    [
      add(head, 'a', newest - 1, 7),
      add(head, 'a', newest - 1, 7),
      add(head, 'a', newest - 1, 8),
      add(head, 'a', newest - 15_000, 498),
      add(head, 'a', newest - HOUR, 499 - 240),
      add(head, 'a', newest - HOUR + 1, 9),
      add(head, 'a', newest - HOUR - 1, 9),
    ],
    ['stored', 'same', 'duplicate', 'same', 'same', 'stored', 'too_old'],
  );
  for (let at = 0; at < 300; at++) assert.equal(add(head, 'a', newest - 2 - at, at), 'stored');
  assert.equal(contents(head).length, 500 + 2 + 300);
});

test('a batch is taken whole or not at all, and sees what it has itself', () => {
  const head = new Head(new CrashingFolder());
  add(head, 'a', 1_000, 1);
  const series = head.series('p', labels('a'));
  const batch = head.batch();
  assert.deepEqual(
    [
      batch.add(series, 2_000, 2, false),
      batch.add(series, 2_000, 2, false),
      batch.add(series, 2_000, 3, false),
      batch.add(series, 1_500, 3, false),
    ],
    ['stored', 'same', 'duplicate', 'out_of_order'],
  );
  assert.deepEqual(contents(head), ['a 1000 1']);
  batch.clear();
  head.apply(batch);
  assert.deepEqual(contents(head), ['a 1000 1']);
  assert.equal(batch.add(series, 2_000, 3, false), 'stored');
  head.apply(batch);
  assert.deepEqual(contents(head), ['a 1000 1', 'a 2000 3']);
});

test('histograms and floats in turn, over a restart', () => {
  const folder = new CrashingFolder();
  const head = new Head(folder);
  const series = head.series('p', labels('h'));
  for (let at = 1; at <= 300; at++) {
    const batch = head.batch();
    if (at % 100 < 50) batch.addHistogram(series, at, histogram(at));
    else batch.add(series, at, -at, false);
    head.apply(batch);
  }
  head.commit();
  const before = contents(head);
  assert.equal(before.length, 300);
  head[Symbol.dispose]();
  folder.crash(() => 0);
  const again = new Head(folder);
  assert.deepEqual(again.damages, []);
  assert.deepEqual(contents(again), before);
  const samples = new SampleColumns(1);
  again.read(again.series('p', labels('h')), samples, 100, 102);
  assert.deepEqual(samples.histograms, [histogram(101), histogram(102)]);
});

function histogram(count: number): Histogram {
  return {
    ...{ schema: 1, count, sum: count / 3, zeroThreshold: 0.1, zeroCount: 2 },
    ...{ positiveSpans: [{ offset: 1, length: 2 }], positiveBuckets: [count, count + 1] },
    ...{ negativeSpans: [], negativeBuckets: [], customValues: [], counterResetHint: 'unknown' },
  };
}

test('a full disk: nothing is acknowledged, nothing is lost when there is room again', () => {
  const folder = new CrashingFolder();
  const head = new Head(folder);
  add(head, 'a', 1_000, 1);
  head.commit();
  folder.room = 10;
  add(head, 'a', 2_000, 2);
  assert.throws(() => head.commit(), { code: 'ENOSPC' });
  assert.equal(add(head, 'a', 2_000, 2), 'same');
  assert.throws(() => head.commit(), { code: 'ENOSPC' });
  folder.room = EVER;
  add(head, 'a', 3_000, 3);
  head.commit();
  folder.crash(() => 0);
  assert.deepEqual(contents(new Head(folder)), ['a 1000 1', 'a 2000 2', 'a 3000 3']);
});

test('a project has as many series as it may, and others are none of its business', () => {
  const head = new Head(new CrashingFolder(), { mostSeries: 2 });
  for (const job of ['a', 'b', 'a']) head.series('p', labels(job));
  assert.throws(() => head.series('p', labels('c')), TooManySeriesError);
  assert.equal(head.series('q', labels('c')).project, 'q');
});
