import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePingTime } from './time.ts';

const NOW = Date.UTC(2026, 6, 15, 12);

const TIMES: [string, number | null][] = [
  ['2026-07-15T11:00:00Z', NOW - 3_600_000],
  ['2026-07-15T13:00:00+02:00', NOW - 3_600_000],
  [String(NOW / 1000 - 60), NOW - 60_000],
  [`${NOW / 1000 - 60}.5`, NOW - 59_500],
  ['2026-07-15T12:00:30Z', NOW],
  ['2026-07-15T12:01:01Z', null],
  ['2026-07-15T11:00:00', null],
  ['yesterday', null],
  ['', null],
  ['-5', null],
  ['1e3', null],
];

for (const [value, expected] of TIMES) {
  test(`X-Ping-Time: ${value} is ${expected === null ? 'refused' : 'read'}`, () => {
    assert.equal(parsePingTime(value, NOW), expected);
  });
}
