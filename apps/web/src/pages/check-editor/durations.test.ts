import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NICE_DURATIONS, nearestStep, unitOf } from './durations.ts';

const units: [number, string][] = [
  [0, 'second'],
  [5, 'second'],
  [90, 'second'],
  [120, 'minute'],
  [3_600, 'hour'],
  [129_600, 'hour'],
  [86_400, 'day'],
];

for (const [seconds, unit] of units) {
  test(`${seconds} s are written in the unit ${unit}`, () => assert.equal(unitOf(seconds), unit));
}

test('each offered length is its own place on the slider', () => {
  for (const [index, seconds] of NICE_DURATIONS.entries()) assert.equal(nearestStep(seconds), index);
});

test('other lengths are near in proportion', () => {
  assert.equal(NICE_DURATIONS[nearestStep(3_700)], 3_600);
  assert.equal(NICE_DURATIONS[nearestStep(0)], 5);
});
