import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRetryAfter } from './retry-after.ts';

const NOW = Date.UTC(2026, 6, 15, 12, 0, 0);

test('Retry-After is read as seconds or as an HTTP date', () => {
  const cases: [string | undefined, number | null][] = [
    ['0', 0],
    ['120', 120_000],
    [' 5 ', 5_000],
    ['Wed, 15 Jul 2026 12:01:00 GMT', 60_000],
    ['Wednesday, 15-Jul-26 12:01:00 GMT', 60_000],
    ['Wed, 15 Jul 2026 11:00:00 GMT', 0],
    [undefined, null],
    ['', null],
    ['-5', null],
    ['1.5', null],
    ['soon', null],
    ['2026', 2_026_000],
    ['99999999999999', null],
  ];
  for (const [header, expected] of cases)
    assert.equal(parseRetryAfter(header, NOW), expected, String(header));
});
