import assert from 'node:assert/strict';
import test from 'node:test';
import { civilDate, dayNumber, daysInMonth, weekday } from './civil-date.ts';

test('each day of 1600 to 2400 agrees with Date, both ways', () => {
  const last = Date.UTC(2400, 11, 31) / 86_400_000;
  for (let day = Date.UTC(1600, 0, 1) / 86_400_000; day <= last; day += 1) {
    const date = new Date(day * 86_400_000);
    const want = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
    const got = civilDate(day);
    if (got.year !== want.year || got.month !== want.month || got.day !== want.day) {
      assert.deepEqual(got, want);
    }
    if (dayNumber(want.year, want.month, want.day) !== day) assert.fail(`dayNumber of ${date.toISOString()}`);
    if (weekday(day) !== date.getUTCDay()) assert.fail(`weekday of ${date.toISOString()}`);
  }
});

test('months have their lengths', () => {
  for (const [year, month, days] of [
    [2023, 2, 28],
    [2024, 2, 29],
    [1900, 2, 28],
    [2000, 2, 29],
    [2100, 2, 28],
    [2024, 4, 30],
    [2024, 12, 31],
  ] as const) {
    assert.equal(daysInMonth(year, month), days, `${year}-${month}`);
  }
});
