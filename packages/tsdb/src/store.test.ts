import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Labels, matcher } from '@vigie/series';
import fc from 'fast-check';
import { Store, type StoreOptions } from './store.ts';
import { CrashingFolder } from './testing/crashing-folder.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const NAMED_M = [matcher('__name__', '=', 'm')];

function labels(job: string): Labels {
  return Labels.of({ __name__: 'm', job });
}

function put(store: Store, job: string, time: number, value: number, project = 'p'): string {
  const batch = store.head.batch();
  const outcome = batch.add(store.head.series(project, labels(job)), time, value, Number.isNaN(value));
  store.head.apply(batch);
  return outcome;
}

/** Everything behind the scenes, until nothing is left to do. */
function settle(store: Store): void {
  store.head.commit();
  while (store.maintain());
}

function contents(
  store: Store,
  project = 'p',
  after = Number.NEGATIVE_INFINITY,
  until = Number.POSITIVE_INFINITY,
): string[] {
  return store
    .select(project, NAMED_M, after, until)
    .flatMap(({ labels: of, read }) => {
      const samples = read();
      return Array.from({ length: samples.count }, (_, at) => {
        const value = samples.isStale(at) ? 'stale' : samples.values[at];
        return `${of.get('job')} ${samples.timestamps[at]} ${value}`;
      });
    })
    .sort();
}

function filled(hours: number, options: Partial<StoreOptions> = {}, folder = new CrashingFolder()): Store {
  const store = new Store(folder, options);
  for (let at = 0; at < hours * 60; at++) {
    for (const job of ['a', 'b']) put(store, job, at * MINUTE, job === 'a' ? at : at / 3);
    if (at % 90 === 0) put(store, `once${at}`, at * MINUTE, Number.NaN);
    if (at % 7 === 0) settle(store);
  }
  settle(store);
  return store;
}

type Step = { readonly hours: number; readonly next: 'settle' | 'some' | 'crash' | 'nothing' };

test('head and blocks together have what was put in, whatever is cut, merged, and interrupted', () => {
  const steps = fc.array(
    fc.record({
      hours: fc.integer({ min: 1, max: 30 }),
      next: fc.constantFrom<Step['next']>('settle', 'some', 'crash', 'nothing'),
    }),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(steps, fc.nat(3), (list, gap) => {
      const folder = new CrashingFolder();
      let store = new Store(folder, { retention: null });
      const all: string[] = [];
      let time = 0;
      for (const { hours, next } of list) {
        const until = time + hours * HOUR;
        for (; time < until; time += 10 * MINUTE * (gap + 1))
          for (const job of ['a', 'b', `c${Math.floor(time / (20 * HOUR))}`])
            if (put(store, job, time, time / 7) === 'stored') all.push(`${job} ${time} ${time / 7}`);
        store.head.commit();
        if (next === 'settle') settle(store);
        else if (next !== 'nothing') for (let at = 0; at < 5; at++) store.maintain();
        if (next === 'crash') {
          store[Symbol.dispose]();
          folder.crash((unsynced) => Math.floor(unsynced / 2));
          store = new Store(folder, { retention: null });
          assert.deepEqual(
            store.damages.filter(({ file }) => !/^(log|head)\//.test(file)),
            [],
          );
        }
        assert.deepEqual(contents(store), [...all].sort());
      }
      const middle = time / 2;
      const wanted = all.filter(
        (line) => Number(line.split(' ')[1]) > middle && Number(line.split(' ')[1]) <= middle + HOUR,
      );
      assert.deepEqual(contents(store, 'p', middle, middle + HOUR), wanted.sort());
    }),
    { numRuns: 25 },
  );
});

test('the head gives up what blocks have; blocks grow by threes', () => {
  const store = filled(40, { retention: null });
  assert.deepEqual(
    store.blocks.all.map(({ meta }) => [meta.first / HOUR, Math.ceil(meta.last / HOUR)]),
    [
      [0, 18],
      [18, 36],
      [36, 38],
    ],
  );
  assert.ok(store.head.table.size <= 2 + 2);
  assert.equal(contents(store).length, 2 * 40 * 60 + Math.ceil((40 * 60) / 90));
  assert.deepEqual(store.labelNames('p', [], -1, 50 * HOUR), ['__name__', 'job']);
  assert.equal(store.labelValues('p', 'job', [], -1, 50 * HOUR).length, 2 + Math.ceil((40 * 60) / 90));
  assert.deepEqual(store.labelValues('p', 'job', [matcher('job', '=~', 'a|once0')], -1, HOUR), [
    'a',
    'once0',
  ]);
  assert.deepEqual(contents(store, 'another'), []);
});

test('what is past its time is removed, block by block, and what is too much', () => {
  const old = filled(60, { retention: 20 * HOUR });
  const [first = ''] = contents(old)
    .map((line) => line.split(' ')[1])
    .sort((a, b) => Number(a) - Number(b));
  assert.ok(Number(first) / HOUR >= 60 - 20 - 3 && Number(first) / HOUR <= 60 - 20, first);
  const few = filled(60, { retention: null, retentionBytes: 10_000 });
  assert.ok(few.blocks.size <= 10_000 && few.blocks.all.length > 0);
});

test('deleted samples are gone at once, over restarts, and from the disk when blocks are written anew', () => {
  const folder = new CrashingFolder();
  const store = filled(10, { retention: null }, folder);
  store.delete('p', [matcher('job', '=', 'a')], 2 * HOUR, 9 * HOUR);
  store.delete('q', [matcher('job', '=', 'b')], 0, 9 * HOUR);
  store.delete('p', [matcher('job', '=~', 'once.*')], Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  const times = (of: Store): number[] =>
    contents(of)
      .filter((line) => line.startsWith('a '))
      .map((line) => Number(line.split(' ')[1]) / HOUR);
  const gone = (of: Store): void => {
    assert.ok(times(of).every((time) => time < 2 || time > 9));
    assert.equal(contents(of).filter((line) => line.startsWith('once')).length, 0);
    assert.equal(contents(of).filter((line) => line.startsWith('b ')).length, 600);
  };
  gone(store);
  settle(store);
  store[Symbol.dispose]();
  folder.crash(() => 0);
  const again = new Store(folder, { retention: null });
  gone(again);
  assert.equal(put(again, 'once0', 10 * HOUR, 1), 'stored');
  assert.equal(contents(again).filter((line) => line.startsWith('once')).length, 1);
  for (let at = 601; at < 40 * 60; at++) {
    put(again, 'b', at * MINUTE, 0);
    if (at % 60 === 0) settle(again);
  }
  const [merged] = again.blocks.all;
  const series = [...(merged?.series() ?? [])].map(({ labels: of }) => of.get('job'));
  assert.deepEqual(series, ['a', 'b', 'once0']);
  assert.ok((merged?.meta.samples ?? 0) < 2 * 18 * 60 - 7 * 60);
});

test('a block whose writing was interrupted is no block; one whose sources are still there replaces them', () => {
  const folder = new CrashingFolder();
  const store = filled(20, { retention: null }, folder);
  const before = contents(store);
  const [first] = store.blocks.all;
  store[Symbol.dispose]();
  folder.append('blocks/00000099/chunks').write(Uint8Array.of(1, 2, 3));
  const again = new Store(folder, { retention: null });
  assert.deepEqual(contents(again), before);
  assert.equal(again.blocks.all[0]?.meta.id, first?.meta.id);
  assert.deepEqual(folder.list('blocks/00000099/'), []);
});

test('a damaged page or index is told, and nothing of it is made up', () => {
  for (const file of ['chunks', 'index'] as const) {
    const folder = new CrashingFolder();
    const store = filled(10, { retention: null }, folder);
    const [block] = store.blocks.all;
    store[Symbol.dispose]();
    folder.damage(`blocks/${block?.meta.id}/${file}`, 40);
    const again = new Store(folder, { retention: null });
    assert.throws(() => contents(again), { name: 'DamageError' });
  }
});

test('a full disk while a block is cut: it is tried again, and nothing is lost', () => {
  const folder = new CrashingFolder();
  const store = new Store(folder, { retention: null });
  for (let at = 0; at < 400; at++) put(store, 'a', at * MINUTE, at);
  store.head.commit();
  const before = contents(store);
  folder.room = 60;
  assert.throws(() => settle(store), { code: 'ENOSPC' });
  assert.deepEqual(contents(store), before);
  folder.room = Number.POSITIVE_INFINITY;
  settle(store);
  assert.equal(store.blocks.all.length, 2);
  assert.deepEqual(contents(store), before);
});

test('a damaged description of a block, or of what was deleted, is told; all else is there', () => {
  const folder = new CrashingFolder();
  const store = filled(10, { retention: null }, folder);
  store.delete('p', [matcher('job', '=', 'b')], 0, 10 * HOUR);
  const [block] = store.blocks.all;
  store[Symbol.dispose]();
  folder.damage(`blocks/${block?.meta.id}/meta.json`, 0);
  folder.damage('deletions.json', 0);
  const again = new Store(folder, { retention: null });
  assert.deepEqual(
    again.damages.map(({ file }) => file),
    [`blocks/${block?.meta.id}/meta.json`, 'deletions.json.damaged'],
  );
  const samples = contents(again);
  assert.ok(samples.some((line) => line.startsWith('b ')));
  assert.ok(samples.every((line) => Number(line.split(' ')[1]) > (block?.meta.last ?? 0)));
  assert.ok(folder.list(`blocks/${block?.meta.id}/`).includes('chunks'));
  again[Symbol.dispose]();
  assert.deepEqual(contents(new Store(folder, { retention: null })), samples);
});
