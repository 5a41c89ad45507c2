import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ExecutionError, QueryEnded } from './execution-error.ts';
import { type Bounds, Limits } from './limits.ts';

const TOO_MANY = 'query processing would load too many samples into memory in query execution';

function limits(bounds: Partial<Bounds> = {}): Limits {
  return new Limits({ maxSamples: 100, timeout: 1000, cancelled: () => false, now: () => 0, ...bounds });
}

test('as many samples as allowed are held, and no more', () => {
  const held = limits();
  held.hold(60);
  held.hold(40);
  assert.throws(() => held.hold(1), new ExecutionError(TOO_MANY));
});

test('samples that were let go make room, and the most that were held is known', () => {
  const held = limits();
  held.hold(90);
  held.holdOnly(5);
  held.hold(80);
  held.release(50);
  assert.equal(held.held, 35);
  assert.equal(held.peak, 90);
});

test('a query that was cancelled or is late ends at the next look', () => {
  assert.throws(() => limits({ cancelled: () => true }).look(), new QueryEnded('canceled'));
  let now = 0;
  const late = limits({ now: () => now });
  now = 1000;
  late.look();
  now = 1001;
  assert.throws(() => late.look(), new QueryEnded('timeout'));
});

test('work looks now and then, not each time', () => {
  let looks = 0;
  const counting = limits({ cancelled: () => ++looks > 1_000_000 });
  for (let at = 0; at < 10_000; at++) counting.work(100);
  assert.ok(looks > 1 && looks < 100, `${looks} looks`);
});

test('steps that no memory has room for are refused although they may be empty', () => {
  assert.throws(() => limits().allowCells(10_000, 11_000), new ExecutionError(TOO_MANY));
});
