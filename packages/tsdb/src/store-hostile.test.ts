import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Labels, matcher } from '@vigie/series';
import { Store, type StoreOptions } from './store.ts';
import { CrashingFolder } from './testing/crashing-folder.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

function put(store: Store, job: string, time: number, value: number, project = 'p'): string {
  const batch = store.head.batch();
  const series = store.head.series(project, Labels.of({ __name__: 'm', job }));
  const outcome = batch.add(series, time, value, false);
  store.head.apply(batch);
  return outcome;
}

function settle(store: Store): void {
  store.head.commit();
  while (store.maintain());
}

function times(store: Store, job: string): number[] {
  return store
    .select('p', [matcher('job', '=', job)], Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
    .flatMap(({ read }) => {
      const samples = read();
      return Array.from(samples.timestamps.subarray(0, samples.count), (time) => time / MINUTE);
    });
}

function reopened(store: Store, folder: CrashingFolder, options: Partial<StoreOptions>): Store {
  store[Symbol.dispose]();
  folder.crash(() => 0);
  return new Store(folder, options);
}

test('late samples in closed chunks go to blocks of their own time', () => {
  const folder = new CrashingFolder();
  const options = { retention: null, head: { lateWindow: 100 * HOUR } };
  const store = new Store(folder, options);
  put(store, 'a', 50 * HOUR, 1);
  const late = [...Array(150).keys()].map((at) => 40 * HOUR + at * 5 * MINUTE + 1);
  for (const time of late) assert.equal(put(store, 'a', time, 2), 'stored');
  for (let time = 50.1 * HOUR; time < 60 * HOUR; time += 6 * MINUTE) put(store, 'a', Math.round(time), 1);
  const before = times(store, 'a');
  settle(store);
  assert.ok(store.blocks.all.length > 1);
  assert.deepEqual(times(store, 'a'), before);
  assert.deepEqual(times(reopened(store, folder, options), 'a'), before);
});

test('a merged block stays whole when the files of its sources cannot be removed', () => {
  const folder = new CrashingFolder();
  const store = new Store(folder, { retention: null });
  const remove = folder.remove.bind(folder);
  let failed = 0;
  folder.remove = (name) => {
    if (/^blocks\/0000000[23]\/meta.json/.test(name) && failed < 2) {
      failed += 1;
      throw Object.assign(new Error('EIO'), { code: 'EIO' });
    }
    remove(name);
  };
  for (let at = 0; at < 20 * 60; at++) put(store, 'a', at * MINUTE, at);
  store.head.commit();
  const before = times(store, 'a');
  for (let at = 0; at < 100; at++)
    try {
      store.maintain();
    } catch (error) {
      assert.equal((error as Error).message, 'EIO');
    }
  assert.ok(failed > 0);
  assert.deepEqual(times(store, 'a'), before);
  assert.deepEqual(times(reopened(store, folder, { retention: null }), 'a'), before);
});

test('what was deleted does not come back from files of the head', () => {
  const folder = new CrashingFolder();
  const options = { retention: null };
  const store = new Store(folder, options);
  for (let at = 0; at < 60; at++) put(store, 'a', at * MINUTE, at);
  store.delete('p', [matcher('job', '=', 'a')], Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  put(store, 'b', 3.5 * HOUR, 1);
  settle(store);
  assert.equal(store.blocks.all.length, 0);
  assert.deepEqual(times(store, 'a'), []);
  const again = reopened(store, folder, options);
  assert.deepEqual(times(again, 'a'), []);
  again.head.checkpoint();
  settle(again);
  assert.deepEqual(times(reopened(again, folder, options), 'a'), []);
});

test('a full disk: each try to cut leaves nothing behind', () => {
  const folder = new CrashingFolder();
  const store = new Store(folder, { retention: null });
  for (let at = 0; at < 400; at++) put(store, 'a', at * MINUTE, at);
  store.head.commit();
  folder.room = 3;
  for (let at = 0; at < 5; at++) assert.throws(() => settle(store), { code: 'ENOSPC' });
  assert.deepEqual(folder.list('blocks/'), []);
});

test('a full disk does not keep old blocks from being removed', () => {
  const folder = new CrashingFolder();
  const store = new Store(folder, { retention: 4 * HOUR });
  for (let at = 0; at < 5 * 60; at++) put(store, 'a', at * MINUTE, at);
  settle(store);
  assert.equal(store.blocks.all.length, 1);
  put(store, 'a', 30 * HOUR, 1);
  store.head.commit();
  store.head.maintain = () => {
    throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
  };
  for (let at = 0; at < 5; at++) assert.throws(() => store.maintain(), { message: 'ENOSPC' });
  assert.deepEqual(
    store.blocks.all.filter(({ meta }) => meta.last < 26 * HOUR),
    [],
  );
});

test('deleting from an empty store deletes nothing, not even the time zero', () => {
  const folder = new CrashingFolder();
  const store = new Store(folder);
  store.delete('p', [matcher('job', '=', 'a')], Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  const again = reopened(store, folder, {});
  put(again, 'a', 0, 1);
  assert.deepEqual(times(again, 'a'), [0]);
});

test('labels that begin with a byte order mark, and labels beyond the first 65 536 code points, are found in blocks', () => {
  const folder = new CrashingFolder();
  const store = new Store(folder, { retention: null });
  const jobs = ['\ufeffa', 'a', '\u{1f600}', '\uffe0'];
  for (let at = 0; at < 5; at++) for (const job of jobs) put(store, job, at * HOUR, 1);
  for (const project of ['\uffe0', '\u{1f600}']) put(store, 'a', HOUR, 1, project);
  settle(store);
  assert.equal(store.blocks.all.length, 1);
  for (const job of jobs) assert.deepEqual(times(store, job), [0, 60, 120, 180, 240]);
  for (const project of ['\uffe0', '\u{1f600}'])
    assert.equal(store.select(project, [matcher('job', '=', 'a')], 0, 2 * HOUR).length, 1);
});
