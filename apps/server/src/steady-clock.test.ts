import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SteadyClock } from './steady-clock.ts';
import { FakeClock } from './testing/fake-clock.ts';

const T = 1_000_000_000;

/** The steps that are settled now. */
async function settled(steady: SteadyClock): Promise<number[]> {
  const steps: number[] = [];
  await steady.settle(async (delta) => void steps.push(delta));
  return steps;
}

test('time that passes is no step', async () => {
  const clock = new FakeClock(T);
  const steady = new SteadyClock(clock);
  await clock.advance(3_600_000);
  assert.equal(steady.now(), T + 3_600_000);
  assert.deepEqual(await settled(steady), []);
});

test('a step shows when it is settled, and once', async () => {
  const clock = new FakeClock(T);
  const steady = new SteadyClock(clock);
  clock.step(-60_000);
  await clock.advance(1_000);
  assert.equal(steady.now(), T + 1_000);
  assert.deepEqual(await settled(steady), [-60_000]);
  assert.equal(steady.now(), T - 59_000);
  assert.deepEqual(await settled(steady), []);
});

test('the new time shows before what follows from it is written', async () => {
  const clock = new FakeClock(T);
  const steady = new SteadyClock(clock);
  clock.step(60_000);
  await steady.settle(async () => assert.equal(steady.now(), T + 60_000));
});

test('a settlement that fails leaves the old time, and is tried again', async () => {
  const clock = new FakeClock(T);
  const steady = new SteadyClock(clock);
  clock.step(60_000);
  await assert.rejects(
    steady.settle(async () => {
      throw new Error('full');
    }),
  );
  assert.equal(steady.now(), T);
  assert.deepEqual(await settled(steady), [60_000]);
});

test('calls at the same time settle a step once', async () => {
  const clock = new FakeClock(T);
  const steady = new SteadyClock(clock);
  clock.step(60_000);
  const both = await Promise.all([settled(steady), settled(steady)]);
  assert.deepEqual(both.flat(), [60_000]);
});

test('five seconds are slewing, and slewing never adds up', async () => {
  const clock = new FakeClock(T);
  const steady = new SteadyClock(clock);
  for (let i = 1; i <= 10; i++) {
    clock.step(5_000);
    assert.equal(steady.now(), T + i * 5_000);
    assert.deepEqual(await settled(steady), []);
  }
});
