import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TimeFault } from '../../checks/ping.ts';
import { parsePingTime } from './time.ts';

const NOW = Date.UTC(2026, 6, 15, 12);

const TIMES: [string, number | TimeFault][] = [
  ['2026-07-15T11:00:00Z', NOW - 3_600_000],
  ['2026-07-15T13:00:00+02:00', NOW - 3_600_000],
  [String(NOW / 1000 - 60), NOW - 60_000],
  [`${NOW / 1000 - 60}.5`, NOW - 59_500],
  ['2026-07-15T12:00:30Z', NOW],
  ['2026-07-15T12:01:01Z', 'future'],
  ['99999999999', 'future'],
  ['2025-07-15T12:00:00Z', NOW - 365 * 86_400_000],
  ['2025-07-15T11:59:59.999Z', 'past'],
  ['1970-01-01T00:00:00Z', 'past'],
  ['0', 'past'],
  ['2026-07-15T11:00:00', 'time'],
  ['yesterday', 'time'],
  ['', 'time'],
  ['-5', 'time'],
  ['1e3', 'time'],
];

for (const [value, expected] of TIMES) {
  test(`X-Ping-Time: ${value} is ${typeof expected === 'string' ? `refused: ${expected}` : 'read'}`, () => {
    assert.equal(parsePingTime(value, NOW), expected);
  });
}
