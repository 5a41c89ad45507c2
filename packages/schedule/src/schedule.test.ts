import assert from 'node:assert/strict';
import test from 'node:test';
import {
  isValidExpression,
  next,
  nextOccurrences,
  parseSchedule,
  previous,
  previousOccurrences,
  type Schedule,
} from './schedule.ts';
import { ScheduleError } from './schedule-error.ts';

function utc(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}Z`);
}

function shown(times: readonly number[]): string[] {
  return times.map((time) => new Date(time).toISOString().slice(0, 19).replace('T', ' '));
}

test('five fields on one line are cron, anything else is OnCalendar', () => {
  for (const [expression, kind] of [
    ['* * * * *', 'cron'],
    [' 0  0\t1 1 * \n', 'cron'],
    ['12:00', 'oncalendar'],
    ['Mon *-*-* 12:00 Europe/Riga', 'oncalendar'],
    ['daily\nweekly\nmonthly\nyearly\nhourly', 'oncalendar'],
  ] as const) {
    assert.deepEqual(parseSchedule(expression, 'UTC'), { kind, expression, timeZone: 'UTC' });
  }
});

test('the expression is kept as written, the zone by its canonical name', () => {
  assert.deepEqual(parseSchedule(' 0 0 * * Mon ', 'Europe/Kiev'), {
    kind: 'cron',
    expression: ' 0 0 * * Mon ',
    timeZone: 'Europe/Kyiv',
  });
});

test('an unknown zone, and an expression that never comes, are refused', () => {
  for (const [expression, timeZone, field, reason] of [
    ['* * * * *', 'Mars/Olympus', 'time zone', '"Mars/Olympus" is not a known time zone'],
    ['* * * * *', '', 'time zone', '"" is not a known time zone'],
    ['* * */20 * 1L', 'UTC', 'expression', 'no date and time ever matches it'],
    ['*-02-30', 'UTC', 'expression', 'no date and time ever matches it'],
    ['1999-12-31', 'UTC', 'expression', 'no date and time ever matches it'],
    ['2000-01-01', 'UTC', 'expression', 'no date and time ever matches it'],
    ['Mon 2024-02-29', 'UTC', 'expression', 'no date and time ever matches it'],
    ['Sun *-03-25..31 02:30 Europe/Paris', 'UTC', 'expression', 'no date and time ever matches it'],
    ['* * * * *'.padEnd(1001), 'UTC', 'expression', 'it is longer than 1000 characters'],
  ] as const) {
    assert.throws(() => parseSchedule(expression, timeZone), new ScheduleError(field, reason), expression);
    if (field !== 'time zone') assert.equal(isValidExpression(expression), false, expression);
  }
});

test('validity does not depend on the zone of the schedule, and one line that comes is enough', () => {
  for (const expression of ['Sun *-03-25..31 02:30', '*-02-30\ndaily', '2000-01-01 00:00:01', '2199-12-31']) {
    assert.equal(isValidExpression(expression), true, expression);
  }
  assert.equal(next(parseSchedule('Sun *-03-25..31 02:30', 'Europe/Paris'), utc('2024-01-01')), null);
});

test('a simple schedule counts from the time itself', () => {
  const schedule: Schedule = { kind: 'simple', timeout: 90 };
  assert.equal(next(schedule, 1_500), 91_500);
  assert.equal(previous(schedule, 91_500), 1_500);
  assert.deepEqual(nextOccurrences(schedule, 0, 3), [90_000, 180_000, 270_000]);
  assert.deepEqual(previousOccurrences(schedule, 0, 2), [-90_000, -180_000]);
});

test('occurrences in UTC', () => {
  for (const [expression, after, want] of [
    ['* * * * *', '2024-01-01 00:00', ['2024-01-01 00:01:00', '2024-01-01 00:02:00']],
    ['0 9 * * 1-5', '2024-01-05 09:00', ['2024-01-08 09:00:00', '2024-01-09 09:00:00']],
    ['0 0 13 * 5', '2024-01-05 00:00', ['2024-01-12 00:00:00', '2024-01-13 00:00:00', '2024-01-19 00:00:00']],
    [
      '0 0 13 * */5',
      '2024-01-05 00:00',
      ['2024-09-13 00:00:00', '2024-10-13 00:00:00', '2024-12-13 00:00:00'],
    ],
    ['0 0 L * *', '2024-01-31 00:00', ['2024-02-29 00:00:00', '2024-03-31 00:00:00']],
    ['0 0 LW * *', '2024-01-31 00:00', ['2024-02-29 00:00:00', '2024-03-29 00:00:00']],
    ['0 0 * * 5L', '2024-01-01 00:00', ['2024-01-26 00:00:00', '2024-02-23 00:00:00']],
    ['0 0 * * MON#5', '2024-01-01 00:00', ['2024-01-29 00:00:00', '2024-04-29 00:00:00']],
    ['0 0 29 2 *', '2096-02-29 00:00', ['2104-02-29 00:00:00']],
    ['0 0 29 2 */7', '2088-01-01 00:00', ['2088-02-29 00:00:00', '2128-02-29 00:00:00']],
    ['hourly', '2024-01-01 00:30', ['2024-01-01 01:00:00', '2024-01-01 02:00:00']],
    ['weekly', '2024-01-01 00:00', ['2024-01-08 00:00:00']],
    ['quarterly', '2024-01-01 00:00', ['2024-04-01 00:00:00', '2024-07-01 00:00:00']],
    ['*-02~01', '2024-01-01 00:00', ['2024-02-29 00:00:00', '2025-02-28 00:00:00']],
    ['Mon *-05~07/1', '2024-01-01 00:00', ['2024-05-27 00:00:00', '2025-05-26 00:00:00']],
    ['*:*:0/20', '2024-01-01 00:00', ['2024-01-01 00:00:20', '2024-01-01 00:00:40', '2024-01-01 00:01:00']],
    [
      '12:00\n*-*-01',
      '2024-01-31 10:00',
      ['2024-01-31 12:00:00', '2024-02-01 00:00:00', '2024-02-01 12:00:00'],
    ],
    ['12:00\n14:00 Europe/Riga', '2024-07-01 00:00', ['2024-07-01 11:00:00', '2024-07-01 12:00:00']],
    ['daily Asia/Kathmandu', '2024-01-01 00:00', ['2024-01-01 18:15:00']],
  ] as const) {
    assert.deepEqual(
      shown(nextOccurrences(parseSchedule(expression, 'UTC'), utc(after), want.length)),
      want,
      expression,
    );
  }
});

test('a time zone applies, and one in the expression goes before it', () => {
  const after = utc('2024-07-01 00:00');
  for (const [expression, zone, want] of [
    ['0 9 * * *', 'America/New_York', '2024-07-01 13:00:00'],
    ['0 9 * * *', 'Asia/Kathmandu', '2024-07-01 03:15:00'],
    ['0 9 * * *', 'US/Eastern', '2024-07-01 13:00:00'],
    ['09:00', 'Europe/Paris', '2024-07-01 07:00:00'],
    ['09:00 Asia/Tokyo', 'Europe/Paris', '2024-07-02 00:00:00'],
  ] as const) {
    assert.deepEqual(shown([next(parseSchedule(expression, zone), after)!]), [want], `${expression} ${zone}`);
  }
});

test('next is strictly later, and previous strictly earlier, than the time', () => {
  const schedule = parseSchedule('*/5 * * * *', 'UTC');
  for (const [time, before, after] of [
    ['2024-01-01 00:05:00.000', '2024-01-01 00:00:00', '2024-01-01 00:10:00'],
    ['2024-01-01 00:05:00.001', '2024-01-01 00:05:00', '2024-01-01 00:10:00'],
    ['2024-01-01 00:04:59.999', '2024-01-01 00:00:00', '2024-01-01 00:05:00'],
    ['2024-01-01 00:09:59.000', '2024-01-01 00:05:00', '2024-01-01 00:10:00'],
  ] as const) {
    assert.deepEqual(
      shown([previous(schedule, utc(time))!, next(schedule, utc(time))!]),
      [before, after],
      time,
    );
  }
});

test('an exhausted schedule has no next, an unborn one no previous', () => {
  const once = parseSchedule('2026-06-01', 'UTC');
  assert.equal(next(once, utc('2026-06-01 00:00')), null);
  assert.deepEqual(shown(nextOccurrences(once, utc('2020-01-01 00:00'), 5)), ['2026-06-01 00:00:00']);
  assert.equal(previous(once, utc('2026-06-01 00:00')), null);
  assert.deepEqual(shown(previousOccurrences(once, utc('2030-01-01 00:00'), 5)), ['2026-06-01 00:00:00']);
});

test('OnCalendar begins in 1970 and ends in 2200 on its own clock', () => {
  const daily = (timeZone: string) => parseSchedule('daily', timeZone);
  assert.deepEqual(shown([next(daily('UTC'), utc('1890-05-05 12:00'))!]), ['1970-01-01 00:00:00']);
  assert.deepEqual(shown([previous(daily('UTC'), utc('2300-05-05 12:00'))!]), ['2199-12-31 00:00:00']);
  assert.equal(next(daily('UTC'), utc('2199-12-31 00:00')), null);
  assert.equal(previous(daily('UTC'), utc('1970-01-01 00:00')), null);
  assert.deepEqual(shown([next(daily('America/New_York'), utc('2199-12-31 00:00'))!]), [
    '2199-12-31 05:00:00',
  ]);
});

test('a schedule that was not made by parseSchedule is checked when it is used', () => {
  for (const [schedule, reason] of [
    [{ kind: 'cron', expression: '61 * * * *', timeZone: 'UTC' }, /minute: 61 is outside/],
    [{ kind: 'cron', expression: '* * * * *', timeZone: 'Nowhere' }, /time zone: "Nowhere"/],
    [{ kind: 'simple', timeout: 0 }, /timeout: 0 is not a whole number/],
    [{ kind: 'simple', timeout: Number.NaN }, /timeout: NaN is not/],
  ] as const) {
    assert.throws(() => next(schedule, 0), reason);
    assert.throws(() => previous(schedule, 0), reason);
  }
});

test('times and counts that make no sense are refused', () => {
  const schedule = parseSchedule('* * * * *', 'UTC');
  for (const time of [Number.NaN, Number.POSITIVE_INFINITY, 8.65e15, -8.65e15]) {
    assert.throws(() => next(schedule, time), RangeError);
    assert.throws(() => previous(schedule, time), RangeError);
  }
  for (const count of [-1, 1.5, Number.NaN, 10_001]) {
    assert.throws(() => nextOccurrences(schedule, 0, count), RangeError);
  }
  assert.deepEqual(nextOccurrences(schedule, 0, 0), []);
});

test('the ends of time are within reach', () => {
  const schedule = parseSchedule('0 0 29 2 */7', 'Europe/Paris');
  assert.notEqual(next(schedule, 8.6e15), null);
  assert.notEqual(previous(schedule, -8.6e15), null);
});
