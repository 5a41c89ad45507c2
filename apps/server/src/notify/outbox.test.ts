import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeClock } from '../testing/fake-clock.ts';
import { Outbox } from './outbox.ts';

interface TestJob {
  name: string;
  destination: { host: string; account: string; limit?: number };
}

function outbox() {
  const clock = new FakeClock(0);
  const started: TestJob[] = [];
  const back: [string, number][] = [];
  const box = new Outbox<TestJob>({
    clock,
    random: () => 0,
    start: (job) => started.push(job),
    giveBack: (job, delay) => back.push([job.name, delay]),
  });
  let count = 0;
  const add = (host: string, jobs: number, limit?: number): void => {
    for (let i = 0; i < jobs; i++) {
      const destination = { host, account: host, ...(limit === undefined ? {} : { limit }) };
      box.add({ name: `${host}${++count}`, destination });
    }
    box.pump();
  };
  const startedAt = (host: string): number =>
    started.filter(({ destination }) => destination.host === host).length;
  const only = (): TestJob => started[started.length - 1] ?? assert.fail('none started');
  return { clock, box, started, back, add, startedAt, only };
}

test('so many at once to one server, and so many in all', () => {
  const t = outbox();
  for (const host of ['a', 'b', 'c', 'd', 'e']) t.add(host, 100);
  assert.deepEqual(['a', 'b', 'c', 'd', 'e'].map(t.startedAt), [64, 64, 64, 64, 0]);
  assert.deepEqual([t.box.active, t.box.waiting], [256, 244]);
  const [first] = t.started;
  assert.ok(first);
  t.box.done(first, 'fine', 0);
  assert.equal(t.box.active, 256);
});

test('a server may take fewer', () => {
  const t = outbox();
  t.add('mail', 20, 5);
  assert.equal(t.startedAt('mail'), 5);
});

test('servers take turns', () => {
  const t = outbox();
  for (const host of ['a', 'b', 'c', 'd']) t.add(host, 64);
  t.add('e', 2);
  t.add('a', 2);
  const [one, two] = t.started;
  assert.ok(one && two);
  t.box.done(one, 'fine', 0);
  t.box.done(two, 'fine', 0);
  assert.equal(t.startedAt('e') + t.startedAt('a'), 66);
  assert.ok(t.startedAt('e') >= 1);
});

test('a server in trouble gets half as many, one at last, and all again when it is well', () => {
  const t = outbox();
  t.add('a', 64);
  const first = [...t.started];
  for (const job of first.slice(0, 7)) t.box.done(job, 'troubled', 0);
  for (const job of first.slice(7)) t.box.done(job, 'unknown', 0);
  assert.equal(t.box.active, 0);
  t.add('a', 5);
  assert.equal(t.box.active, 1);
  t.box.done(t.only(), 'fine', 0);
  assert.equal(t.box.active, 2);
  t.box.done(t.only(), 'fine', 0);
  assert.equal(t.box.active, 3);
});

test('messages for a server that hangs rest in the store, longer the more there are', async () => {
  const t = outbox();
  t.add('a', 200);
  assert.equal(t.box.waiting, 136);
  await t.clock.advance(1000);
  assert.equal(t.box.waiting, 8);
  assert.equal(t.back.length, 128);
  t.add('a', 1000);
  assert.equal(t.box.waiting, 8);
  const delays = t.back.map(([, delay]) => delay);
  assert.deepEqual(
    delays,
    delays.toSorted((one, other) => one - other),
  );
  assert.equal(delays[0], 1000.5);
  assert.equal(delays.at(-1), 1564);
  t.add('b', 1);
  assert.equal(t.startedAt('b'), 1);
});

test('a Retry-After holds for every message of its account, and only for those', async () => {
  const t = outbox();
  t.add('a', 1);
  const [job] = t.started;
  assert.ok(job);
  t.box.done(job, 'troubled', 30_000);
  t.add('a', 2);
  assert.deepEqual(
    t.back.map(([, delay]) => delay),
    [30_000, 30_000],
  );
  t.box.add({ name: 'other', destination: { host: 'a', account: 'other' } });
  t.box.pump();
  assert.equal(t.box.active, 1);
  await t.clock.advance(30_000);
  t.add('a', 1);
  assert.equal(t.back.length, 2);
});

test('a Retry-After also takes back what waits already', () => {
  const t = outbox();
  t.add('a', 70);
  const [job] = t.started;
  assert.ok(job);
  t.box.done(job, 'troubled', 5000);
  assert.equal(t.back.length, 6);
  assert.equal(t.box.waiting, 0);
});

test('what has not started can be taken out', () => {
  const t = outbox();
  t.add('a', 70);
  assert.equal(t.box.drain().length, 6);
  assert.deepEqual([t.box.active, t.box.waiting], [64, 0]);
});
