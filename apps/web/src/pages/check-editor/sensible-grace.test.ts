import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSchedule } from '@vigie/schedule';
import { sensibleGrace } from './sensible-grace.ts';

const NOW = Date.UTC(2026, 10, 21, 12);

const cases: [string, number][] = [
  ['*/5 * * * *', 150],
  ['* * * * *', 60],
  ['0 3 * * *', 3_600],
  ['0,10 3 * * *', 300],
  ['2027-01-01 00:00:00', 3_600],
];

for (const [expression, seconds] of cases) {
  test(`the grace of ${expression} is ${seconds} s`, () =>
    assert.equal(sensibleGrace(parseSchedule(expression, 'UTC'), NOW), seconds));
}
