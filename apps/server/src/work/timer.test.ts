import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeClock } from '../testing/fake-clock.ts';
import { WakeTimer } from './timer.ts';

const T = 1_000_000;

test('the nearest instant asked for counts', async () => {
  const clock = new FakeClock(T);
  const runs: number[] = [];
  const timer = new WakeTimer(clock, 0, async () => {
    runs.push(clock.now() - T);
    return null;
  });
  timer.wake(T + 500);
  timer.wake(T + 100);
  timer.wake(T + 300);
  await clock.advance(1000);
  assert.deepEqual(runs, [100]);
});

test('the task says when it runs next, and instants said meanwhile are kept', async () => {
  const clock = new FakeClock(T);
  const runs: number[] = [];
  const timer = new WakeTimer(clock, 0, async () => {
    runs.push(clock.now() - T);
    if (runs.length === 1) timer.wake(T + 200);
    return runs.length === 1 ? T + 900 : null;
  });
  timer.wake(T + 100);
  await clock.advance(2000);
  assert.deepEqual(runs, [100, 200]);
});

const STEPS: [string, number][] = [
  ['forward', 3_600_000],
  ['backward', -3_600_000],
];

for (const [name, step] of STEPS) {
  test(`a clock set ${name} leaves a wait as long as it was`, async () => {
    const clock = new FakeClock(T);
    const runs: number[] = [];
    const timer = new WakeTimer(clock, 0, async () => {
      runs.push(clock.monotonic());
      return null;
    });
    timer.wake(T + 500);
    clock.step(step);
    assert.equal(timer.wakeAt, T + step + 500);
    await clock.advance(1000);
    assert.deepEqual(runs, [500]);
  });

  test(`after a clock was set ${name} a nearer instant by the new clock counts`, async () => {
    const clock = new FakeClock(T);
    const runs: number[] = [];
    const timer = new WakeTimer(clock, 0, async () => {
      runs.push(clock.monotonic());
      return null;
    });
    timer.wake(T + 500);
    clock.step(step);
    timer.wake(clock.now() + 900);
    timer.wake(clock.now() + 100);
    await clock.advance(1000);
    assert.deepEqual(runs, [100]);
  });
}

test('a stopped timer waits for its run and never runs again', async () => {
  const clock = new FakeClock(T);
  let runs = 0;
  const timer = new WakeTimer(clock, 0, async () => {
    runs += 1;
    return clock.now();
  });
  await timer.stop();
  timer.wake(T);
  await clock.advance(1000);
  assert.equal(runs, 0);
});
