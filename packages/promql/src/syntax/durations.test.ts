import assert from 'node:assert/strict';
import test from 'node:test';
import type { Duration } from './ast.ts';
import { durationMilliseconds, durationText, resolveDuration, resolveRange } from './durations.ts';
import { parse } from './parse.ts';

const TEXTS: readonly [milliseconds: number, text: string][] = [
  [0, '0s'],
  [1, '1ms'],
  [5400_000, '1h30m'],
  [86_400_000, '1d'],
  [14 * 86_400_000, '2w'],
  [15 * 86_400_000, '15d'],
  [365 * 86_400_000, '1y'],
  [366 * 86_400_000, '366d'],
  [-61_001, '-1m1s1ms'],
];
for (const [milliseconds, text] of TEXTS) {
  test(`${milliseconds} ms are ${text}`, () => assert.equal(durationText(milliseconds), text));
}

const READ: readonly [text: string, milliseconds: number | string][] = [
  ['1y2w3d4h5m6s7ms', 33_019_506_007],
  ['0s', 0],
  ['1m1h', 'not a valid duration string: "1m1h"'],
  ['1m1m', 'not a valid duration string: "1m1m"'],
  ['1hs', 'unknown unit "hs" in duration "1hs"'],
  ['292y', 292 * 31_536_000_000],
  ['293y', 'duration out of range'],
  ['', 'not a valid duration string: ""'],
];
for (const [text, milliseconds] of READ) {
  test(`"${text}" is ${milliseconds}`, () => assert.equal(durationMilliseconds(text), milliseconds));
}

function range(text: string): Duration {
  const expression = parse(`a[${text}]`, { functions: new Map() });
  assert.ok(expression.kind === 'matrixSelector');
  return expression.range;
}

const times = { step: 30_000, range: 3_600_000 };

const RESOLVED: readonly [text: string, milliseconds: number][] = [
  ['5m', 300_000],
  ['1.5', 1500],
  ['0.0019', 1],
  ['5m * 2', 600_000],
  ['2 ^ 3 ^ 2', 512_000],
  ['-2 ^ 2 + 5', 1000],
  ['10m - 7m % 4', 600_000],
  ['1h / 4', 900_000],
  ['step() * 3', 90_000],
  ['range() - step()', 3_570_000],
  ['min_of(step(), 5s) + max_of(1s, -1m)', 6000],
  ['-(1m - 2m)', 60_000],
];
for (const [text, milliseconds] of RESOLVED) {
  test(`[${text}] is ${milliseconds} ms`, () => {
    assert.equal(resolveRange(range(text), times), milliseconds);
    assert.equal(resolveDuration(range(text), times), milliseconds);
  });
}

test('a range is above zero, an offset need not be', () => {
  const duration = range('step() - 1m');
  assert.equal(resolveDuration(duration, times), -30_000);
  assert.throws(() => resolveRange(duration, times), {
    name: 'DurationError',
    message: '2:13: duration must be greater than 0',
  });
});

test('what is divided by zero and what no duration is long enough for is refused', () => {
  const reason =
    (text: string): (() => number) =>
    () =>
      resolveDuration(range(text), times);
  assert.throws(reason('1m / (step() - 30s)'), { message: '2:21: division by zero' });
  assert.throws(reason('1m % (step() - 30s)'), { message: '2:21: modulo by zero' });
  assert.throws(reason('1y ^ 2'), { message: '2:8: duration is out of range' });
});
