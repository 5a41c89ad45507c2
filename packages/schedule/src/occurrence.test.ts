import assert from 'node:assert/strict';
import test from 'node:test';
import { next, nextOccurrences, parseSchedule, previous, previousOccurrences } from './schedule.ts';

function utc(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}:00Z`);
}

/** `03-31 01:00`: enough to tell the occurrences of one table. */
function shown(times: readonly number[]): string[] {
  return times.map((time) => new Date(time).toISOString().slice(5, 16).replace('T', ' '));
}

type DstCase = readonly [expression: string, zone: string, after: string, want: readonly string[]];

function assertOccurrences(cases: readonly DstCase[]): void {
  for (const [expression, zone, after, want] of cases) {
    const schedule = parseSchedule(expression, zone);
    const title = `${expression} in ${zone} after ${after}`;
    assert.deepEqual(shown(nextOccurrences(schedule, utc(after), want.length)), want, title);
    const before = next(schedule, utc(`2024-${want.at(-1)}`))!;
    const back = previousOccurrences(schedule, before, want.length).reverse();
    assert.deepEqual(shown(back), want, `${title}, backwards`);
  }
}

test('cron at fixed times: a time in the gap fires when the gap ends, once', () => {
  assertOccurrences([
    ['30 2 * * *', 'Europe/Paris', '2024-03-30 12:00', ['03-31 01:00', '04-01 00:30']],
    ['0-59 2 * * *', 'Europe/Paris', '2024-03-30 12:00', ['03-31 01:00', '04-01 00:00', '04-01 00:01']],
    ['30 2,3 * * *', 'Europe/Paris', '2024-03-30 12:00', ['03-31 01:00', '03-31 01:30', '04-01 00:30']],
    ['0 2-3 * * *', 'Europe/Paris', '2024-03-30 12:00', ['03-31 01:00', '04-01 00:00', '04-01 01:00']],
    ['30,* 2 * * *', 'Europe/Paris', '2024-03-30 12:00', ['03-31 01:00', '04-01 00:00', '04-01 00:01']],
    ['15 2 * * *', 'Australia/Lord_Howe', '2024-10-05 00:00', ['10-05 15:30', '10-06 15:15']],
    ['30 0 10 3 *', 'America/Havana', '2024-03-09 00:00', ['03-10 05:00']],
  ]);
});

test('cron at fixed times: a repeated time fires the first time only', () => {
  assertOccurrences([
    ['30 2 * * *', 'Europe/Paris', '2024-10-26 12:00', ['10-27 00:30', '10-28 01:30']],
    [
      '0,30 1-3 * * *',
      'Europe/Paris',
      '2024-10-26 23:00',
      ['10-26 23:30', '10-27 00:00', '10-27 00:30', '10-27 02:00'],
    ],
    ['45 1 * * *', 'Australia/Lord_Howe', '2024-04-06 00:00', ['04-06 14:45', '04-07 15:15']],
    ['0 0 * * *', 'America/Havana', '2024-11-02 12:00', ['11-03 04:00', '11-04 05:00']],
  ]);
});

test('cron with a star: nothing in the gap, both copies of what repeats', () => {
  assertOccurrences([
    ['*/30 2 * * *', 'Europe/Paris', '2024-03-30 12:00', ['04-01 00:00', '04-01 00:30']],
    ['30 * * * *', 'Europe/Paris', '2024-03-31 00:00', ['03-31 00:30', '03-31 01:30']],
    ['30 */2 * * *', 'Europe/Paris', '2024-03-30 22:00', ['03-30 23:30', '03-31 02:30']],
    [
      '*/30 2 * * *',
      'Europe/Paris',
      '2024-10-26 12:00',
      ['10-27 00:00', '10-27 00:30', '10-27 01:00', '10-27 01:30'],
    ],
    ['30 * * * *', 'Europe/Paris', '2024-10-27 00:00', ['10-27 00:30', '10-27 01:30', '10-27 02:30']],
    ['30 * * * *', 'Australia/Lord_Howe', '2024-04-06 14:00', ['04-06 14:30', '04-06 15:00', '04-06 16:00']],
    ['*/20 0 * * *', 'America/Havana', '2024-11-03 04:30', ['11-03 04:40', '11-03 05:00', '11-03 05:20']],
    ['* 1 10 3 *', 'America/Havana', '2024-03-10 04:00', ['03-10 05:00', '03-10 05:01']],
  ]);
});

test('OnCalendar: nothing in the gap, the first copy of what repeats', () => {
  assertOccurrences([
    ['02:30', 'Europe/Paris', '2024-03-30 12:00', ['04-01 00:30', '04-02 00:30']],
    ['*:0/30', 'Europe/Paris', '2024-03-31 00:00', ['03-31 00:30', '03-31 01:00', '03-31 01:30']],
    ['02:30', 'Europe/Paris', '2024-10-26 12:00', ['10-27 00:30', '10-28 01:30']],
    ['*:0/30', 'Europe/Paris', '2024-10-26 23:30', ['10-27 00:00', '10-27 00:30', '10-27 02:00']],
  ]);
});

test('a whole day that a zone left out is a gap like another', () => {
  const after = utc('2011-12-30 09:00');
  for (const [expression, want] of [
    ['0 12 30 12 *', '2011-12-30T10:00'],
    ['0 12 * * *', '2011-12-30T10:00'],
    ['30 * * * *', '2011-12-30T09:30'],
    ['* * 30 12 *', '2012-12-29T10:00'],
    ['*-12-30 12:00', '2012-12-29T22:00'],
  ] as const) {
    const found = next(parseSchedule(expression, 'Pacific/Apia'), after);
    assert.equal(new Date(found!).toISOString().slice(0, 16), want, expression);
  }
});

test('within the second copy of an hour the next occurrence is never in the past', () => {
  for (const [expression, want] of [
    ['30 2 * * *', '10-28 01:30'],
    ['0-59 2 * * *', '10-28 01:00'],
    ['* 2 * * *', '10-27 01:11'],
    ['02:30', '10-28 01:30'],
    ['*:0/20', '10-27 02:00'],
  ] as const) {
    const found = next(parseSchedule(expression, 'Europe/Paris'), utc('2024-10-27 01:10'));
    assert.deepEqual(shown([found!]), [want], expression);
  }
});

test('looking back from far away finds the second copy of a repeated time', () => {
  const found = previous(parseSchedule('*/30 2 27 10 *', 'Europe/Paris'), utc('2025-06-01 00:00'));
  assert.deepEqual(shown([found!]), ['10-27 01:30']);
});

test('an expression that aims at the gap itself is given up', () => {
  for (const expression of ['*/5 2 25-31 3 */7', 'Sun *-03-25..31 02:30']) {
    const schedule = parseSchedule(expression, 'Europe/Paris');
    assert.equal(next(schedule, utc('2024-01-01 00:00')), null, expression);
  }
});
