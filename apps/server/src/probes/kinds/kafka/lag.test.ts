import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lagOf } from './lag.ts';

test('lag is what was not read, never negative, and absent where nothing was committed', () => {
  // committed, earliest, latest, from earliest, lag
  const cases: [bigint, bigint, bigint, boolean, number | null][] = [
    [3n, 0n, 10n, false, 7],
    [10n, 0n, 10n, false, 0],
    [11n, 0n, 10n, false, 0],
    [0n, 0n, 0n, false, 0],
    [-1n, 4n, 10n, false, null],
    [-1n, 4n, 10n, true, 6],
    [2n, 4n, 10n, false, 8],
  ];
  for (const [committed, earliest, latest, fromEarliest, lag] of cases) {
    assert.equal(lagOf(committed, { earliest, latest }, fromEarliest), lag, `${committed} of ${latest}`);
  }
});
