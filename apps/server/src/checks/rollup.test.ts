import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCheck, aLedger } from '../testing/checks.ts';
import { countPing, DAY, HOUR, rollTo } from './rollup.ts';
import { flipTo } from './transition.ts';

const T = Date.UTC(2026, 6, 15, 22);

test('an hour is closed when the next begins, into its own row and its day', () => {
  const check = aCheck({ hour: T });
  countPing(check, 'success', 1500);
  countPing(check, 'fail', null);
  const rows = rollTo(check, T + HOUR + 1);
  assert.deepEqual(
    rows.map((row) => [row.period, row.start_at]),
    [
      ['h', T],
      ['d', T - (T % DAY)],
    ],
  );
  assert.deepEqual([rows[0]?.successes, rows[0]?.failures, rows[0]?.duration_max], [1, 1, 1500]);
  assert.deepEqual([check.hour, check.successes], [T + HOUR, 0]);
});

test('a silent hour leaves no row, and time moving backwards changes nothing', () => {
  assert.deepEqual(rollTo(aCheck({ hour: T }), T + HOUR), []);
  const check = aCheck({ hour: T });
  assert.deepEqual(rollTo(check, T - HOUR), []);
  assert.equal(check.hour, T);
});

test('an outage begins when it began, however many hours were closed since, and two of an hour are both counted', () => {
  const check = aCheck({ hour: T, status: 'up' });
  const { newId, changes } = aLedger();
  flipTo(check, 'down', 'fail', T + 1000, newId, changes);
  flipTo(check, 'up', '', T + 3000, newId, changes);
  flipTo(check, 'down', 'fail', T + 5000, newId, changes);
  const rows = rollTo(check, T + 2 * HOUR + 1);
  assert.equal(check.down_since, T + 5000);
  const hours = rows.filter(({ period }) => period === 'h').map(({ down_ms }) => down_ms);
  assert.deepEqual(hours, [2000 + HOUR - 5000, HOUR]);
});

test('time down is split over its hours and days to the millisecond', () => {
  const check = aCheck({ hour: T, status: 'up' });
  const { newId, changes } = aLedger();
  flipTo(check, 'down', 'timeout', T + HOUR - 1000, newId, changes);
  flipTo(check, 'up', '', T + 3 * HOUR + 500, newId, changes);
  const hours = changes.rollups
    .filter((row) => row.period === 'h')
    .map((row) => [row.start_at - T, row.down_ms]);
  assert.deepEqual(hours, [
    [0, 1000],
    [HOUR, HOUR],
    [2 * HOUR, HOUR],
  ]);
  assert.equal(check.down_ms, 500);
  assert.equal(check.down_since, null);
});
