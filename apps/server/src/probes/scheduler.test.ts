import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeClock } from '../testing/fake-clock.ts';
import { RUNS_IN_ALL, RUNS_PER_OWNER, RUNS_PER_TARGET, type Scheduled, Scheduler } from './scheduler.ts';

const START = Date.UTC(2026, 6, 15, 12);

function item(code: string, options: Partial<Scheduled> = {}): Scheduled {
  return { code, interval: 1_000, target: code, owner: 1, isFresh: false, ...options };
}

/** A scheduler whose runs take `takes` ms, with when each began. */
function running(takes = 0) {
  const clock = new FakeClock(START);
  const began: [code: string, at: number][] = [];
  let most = 0;
  let now = 0;
  const scheduler = new Scheduler<Scheduled>({
    clock,
    async run({ code }) {
      began.push([code, clock.now() - START]);
      now += 1;
      most = Math.max(most, now);
      if (takes > 0) await new Promise<void>((resolve) => clock.after(takes, resolve));
      now -= 1;
    },
  });
  return { clock, scheduler, began, most: () => most };
}

test('each runs at its place in its interval, and does not drift', async () => {
  const { clock, scheduler, began } = running(300);
  scheduler.set(item('a'));
  for (let i = 0; i < 50; i++) await clock.advance(100);
  const times = began.map(([, at]) => at);
  assert.equal(times.length, 5);
  const [first = 0] = times;
  assert.deepEqual(
    times,
    [0, 1, 2, 3, 4].map((n) => first + n * 1_000),
  );
});

test('its place is the same after a restart, and another one for another name', async () => {
  const place = async (code: string): Promise<number | undefined> => {
    const { clock, scheduler, began } = running();
    scheduler.set(item(code, { interval: 60_000 }));
    await clock.advance(60_000);
    return began[0]?.[1];
  };
  assert.equal(await place('one'), await place('one'));
  const places = await Promise.all(Array.from({ length: 40 }, (_, i) => place(`check-${i}`)));
  const quarters = new Set(places.map((at) => Math.floor((at ?? 0) / 15_000)));
  assert.equal(quarters.size, 4, 'forty are spread over the whole interval');
});

test('a fresh one runs at once, and then at its place', async () => {
  const { clock, scheduler, began } = running();
  scheduler.set(item('a', { isFresh: true, interval: 60_000 }));
  await clock.advance(0);
  assert.deepEqual(began, [['a', 0]]);
  await clock.advance(120_000);
  assert.equal(began.length, 3);
  assert.equal((began[2]?.[1] ?? 0) - (began[1]?.[1] ?? 0), 60_000);
});

test('a target gets a few runs at a time, and the others wait for their turn', async () => {
  const { clock, scheduler, began, most } = running(500);
  for (let i = 0; i < 10; i++)
    scheduler.set(item(`c${i}`, { target: 'db:5432', isFresh: true, interval: 60_000 }));
  await clock.advance(0);
  assert.equal(began.length, RUNS_PER_TARGET);
  for (let i = 0; i < 20; i++) await clock.advance(100);
  assert.equal(began.length, 10);
  assert.equal(most(), RUNS_PER_TARGET);
});

test('lone ones run one at a time, beside all others', async () => {
  const { clock, scheduler, began, most } = running(300);
  for (const code of ['a', 'b', 'c'])
    scheduler.set(item(code, { isFresh: true, interval: 60_000, isLone: true }));
  await clock.advance(0);
  assert.equal(most(), 1);
  scheduler.set(item('other', { isFresh: true, interval: 60_000 }));
  for (let i = 0; i < 9; i++) await clock.advance(100);
  const times = began.filter(([code]) => code !== 'other').map(([, at]) => at);
  assert.deepEqual([times, most()], [[0, 300, 600], 2]);
});

test('runs of one owner that hang leave room for those of others', async () => {
  const { clock, scheduler, began, most } = running(300_000);
  const hanging = { isFresh: true, interval: 600_000 };
  for (let i = 0; i < RUNS_IN_ALL + 100; i++) scheduler.set(item(`hangs${i}`, hanging));
  await clock.advance(0);
  assert.equal(most(), RUNS_PER_OWNER);
  scheduler.set(item('other', { owner: 2, isFresh: true, interval: 600_000 }));
  await clock.advance(0);
  assert.equal(began.at(-1)?.[0], 'other');
});

test('thousands that wait and are dropped hold nothing up', async () => {
  const { clock, scheduler, began } = running(500);
  for (let i = 0; i < 20_000; i++)
    scheduler.set(item(`c${i}`, { target: 'db:5432', isFresh: true, interval: 600_000 }));
  await clock.advance(0);
  for (let i = 0; i < 20_000; i++) if (i !== 10_000) scheduler.drop(`c${i}`);
  await clock.advance(1_000);
  assert.deepEqual([began.length, began.at(-1)?.[0]], [RUNS_PER_TARGET + 1, 'c10000']);
});

test('an instant is left out while the run before it is under way', async () => {
  const { clock, scheduler, began } = running(2_500);
  scheduler.set(item('slow', { isFresh: true }));
  for (let i = 0; i < 60; i++) await clock.advance(100);
  assert.ok(began.length <= 3, `${began.length} runs`);
  assert.ok(scheduler.skipped >= 2);
});

test('one that is dropped runs no more', async () => {
  const { clock, scheduler, began } = running();
  scheduler.set(item('a'));
  await clock.advance(1_000);
  scheduler.drop('a');
  await clock.advance(5_000);
  assert.equal(began.length, 1);
  assert.equal(scheduler.size, 0);
});
