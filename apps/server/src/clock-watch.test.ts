import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ClockWatch } from './clock-watch.ts';
import { FakeClock } from './testing/fake-clock.ts';

test('time that passes is no step', async () => {
  const clock = new FakeClock(1_000_000);
  const watch = new ClockWatch(clock);
  await clock.advance(3_600_000);
  assert.equal(watch.step(), 0);
});

test('a step is told once, with its sign', () => {
  const clock = new FakeClock(1_000_000_000);
  const watch = new ClockWatch(clock);
  clock.step(-60_000);
  assert.equal(watch.step(), -60_000);
  assert.equal(watch.step(), 0);
});

test('five seconds are slewing, and slewing never adds up', () => {
  const clock = new FakeClock(1_000_000_000);
  const watch = new ClockWatch(clock);
  for (let i = 0; i < 10; i++) {
    clock.step(5_000);
    assert.equal(watch.step(), 0);
  }
});
