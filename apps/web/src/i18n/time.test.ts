import assert from 'node:assert/strict';
import { test } from 'node:test';
import { durationText, relativeText } from './time.ts';

const NOW = Date.UTC(2026, 6, 15, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Milliseconds from now, and how that is said. */
const RELATIVE: [number, string][] = [
  [0, 'now'],
  [-59_000, '59 seconds ago'],
  [-119_000, '1 minute ago'],
  [-1.9 * HOUR, '1 hour ago'],
  [-23.9 * HOUR, '23 hours ago'],
  [50 * MINUTE, 'in 50 minutes'],
  [1.6 * HOUR, 'in 1 hour'],
  // What was made for an hour, or for a week, a moment ago.
  [HOUR - 1_000, 'in 1 hour'],
  [7 * 24 * HOUR - 2_000, 'in 7 days'],
];

for (const [from, text] of RELATIVE) {
  test(`${from} ms from now is "${text}"`, () => assert.equal(relativeText(NOW + from, NOW, 'en'), text));
}

const LENGTHS: [number, string][] = [
  [0, '0 ms'],
  [0.000_321, '0.32 ms'],
  [0.001_26, '1.3 ms'],
  [0.25, '250 ms'],
  [3.14, '3.1 sec'],
  [59.6, '1 min'],
  [7_500, '2 hr 5 min'],
  [90_000, '1 day 1 hr'],
];

for (const [seconds, text] of LENGTHS) {
  test(`${seconds} s are "${text}"`, () => assert.equal(durationText(seconds, 'en'), text));
}
