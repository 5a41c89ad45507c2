import assert from 'node:assert/strict';
import test from 'node:test';
import { range } from './calendar-spec.ts';
import { parseOnCalendar } from './oncalendar.ts';
import { ScheduleError } from './schedule-error.ts';

function specOf(expression: string) {
  const [line, ...others] = parseOnCalendar(expression);
  assert.equal(others.length, 0);
  return line!.spec;
}

test('a time takes values, lists, ranges and steps', () => {
  for (const [expression, field, want] of [
    ['12:34', 'hours', [12]],
    ['12:34', 'minutes', [34]],
    ['12:34', 'seconds', [0]],
    ['12:34:56', 'seconds', [56]],
    ['1:2', 'minutes', [2]],
    ['*:0/20', 'minutes', [0, 20, 40]],
    ['*:0/60', 'minutes', [0]],
    ['*:5..8', 'minutes', [5, 6, 7, 8]],
    ['*:10..30/10', 'minutes', [10, 20, 30]],
    ['*:5..5', 'minutes', [5]],
    ['*:50..50/5', 'minutes', [50, 55]],
    ['9,12:0', 'hours', [9, 12]],
    ['12:00,13:00', 'minutes', [0, 13]],
    ['*:*:*', 'seconds', range(0, 59)],
    ['Mon', 'hours', [0]],
  ] as const) {
    assert.deepEqual(specOf(expression)[field], want, expression);
  }
});

test('a date takes a year, a month and a day', () => {
  for (const [expression, years, months, days] of [
    ['2020-01-01', [2020], [1], [1]],
    ['01-15', null, [1], [15]],
    ['*-*', null, range(1, 12), range(1, 31)],
    ['*-*-1..3', null, range(1, 12), [1, 2, 3]],
    ['2020..2022-1,7-1/10', [2020, 2021, 2022], [1, 7], [1, 11, 21, 31]],
    ['69-1-1', [2069], [1], [1]],
    ['70-1-1', [1970], [1], [1]],
    ['0-1-1', [2000], [1], [1]],
    ['98..1-1-1', [1998, 1999, 2000, 2001], [1], [1]],
    ['2180/10-1-1', [2180, 2190], [1], [1]],
  ] as const) {
    const spec = specOf(expression);
    assert.deepEqual([spec.years, spec.months, spec.days.days], [years, months, days], expression);
  }
});

test('a tilde counts days from the end of the month, steps towards it', () => {
  for (const [expression, days, fromEnd] of [
    ['*-*~1', [], [1]],
    ['2~1', [], [1]],
    ['*-*~1,28', [], [1, 28]],
    ['*-*~1..3', [], [1, 2, 3]],
    ['*-*~7/1', [], [1, 2, 3, 4, 5, 6, 7]],
    ['*-*~7/2', [], [1, 3, 5, 7]],
    ['*-*~2..9/3', [], [3, 6, 9]],
    ['*-*~5..5/2', [], [1, 3, 5]],
    ['*-*~*', range(1, 31), []],
  ] as const) {
    const spec = specOf(expression);
    assert.deepEqual([spec.days.days, spec.days.fromEnd], [days, fromEnd], expression);
  }
});

test('weekdays are names, lists and ranges from Monday to Sunday', () => {
  for (const [expression, want] of [
    ['Mon', [1]],
    ['sunDAY', [0]],
    ['Mon,', [1]],
    ['Mon,Wed,, 12:00', [1, 3]],
    ['Mon..Fri', [1, 2, 3, 4, 5]],
    ['Sat-Sun', [0, 6]],
    ['Tue..Thursday,Sun', [0, 2, 3, 4]],
    ['Mon..Mon', [1]],
    ['12:00', [0, 1, 2, 3, 4, 5, 6]],
  ] as const) {
    assert.deepEqual(specOf(expression).weekdays, { weekdays: want, nth: [] }, expression);
  }
});

test('a shorthand stands for its long form, in any case', () => {
  for (const [shorthand, long] of [
    ['minutely', '*-*-* *:*:00'],
    ['hourly', '*-*-* *:00:00'],
    ['Daily', '*-*-* 00:00:00'],
    ['WEEKLY', 'Mon *-*-* 00:00:00'],
    ['monthly', '*-*-01 00:00:00'],
    ['quarterly', '*-01,04,07,10-01 00:00:00'],
    ['semiannually', '*-01,07-01 00:00:00'],
    ['yearly', '*-01-01 00:00:00'],
    ['annually', '*-01-01 00:00:00'],
  ] as const) {
    assert.deepEqual(specOf(shorthand), specOf(long), shorthand);
  }
});

test('each line may name its own zone; aliases count', () => {
  const zones = (expression: string) => parseOnCalendar(expression).map(({ timeZone }) => timeZone);
  assert.deepEqual(zones('daily'), [null]);
  assert.deepEqual(zones('daily Europe/Riga\n12:00\r\n Mon 2020-1-1 12:00 US/Pacific \n'), [
    'Europe/Riga',
    null,
    'America/Los_Angeles',
  ]);
  assert.deepEqual(zones('12:00 Etc/GMT-5'), ['Etc/GMT-5']);
  assert.deepEqual(zones('2020-01-01 America/Port-au-Prince'), ['America/Port-au-Prince']);
});

test('a wrong expression is refused with its part, the reason and the place', () => {
  for (const [expression, field, reason, position] of [
    ['', 'expression', 'it is empty, or has an empty line', 0],
    ['daily\n\nweekly', 'expression', 'it is empty, or has an empty line', 6],
    ['24:00', 'hour', '24 is outside 0 to 23', 0],
    ['12:60', 'minute', '60 is outside 0 to 59', 3],
    ['12:00:60', 'second', '60 is outside 0 to 59', 6],
    ['12:00:00.5', 'second', '"00.5" is not a value', 6],
    ['1:2:3:4', 'expression', '"1:2:3:4" is not a time', 0],
    ['*/2:00', 'hour', '"*" is not a value', 0],
    ['*:0,*', 'minute', '"*" is not a value', 4],
    ['*:9..5', 'minute', '"9..5" ends before it starts', 2],
    ['*:0/0', 'minute', 'a whole number from 1 up must follow "/"', 3],
    ['12:', 'minute', 'a value is missing', 3],
    ['2200-01-01', 'year', '2200 is outside 1970 to 2199', 0],
    ['1969-01-01', 'year', '1969 is outside 1970 to 2199', 0],
    ['100-01-01', 'year', '100 is outside 1970 to 2199', 0],
    ['60..80-1-1', 'year', '"60..80" ends before it starts', 0],
    ['*-13-1', 'month', '13 is outside 1 to 12', 2],
    ['*-*-32', 'day of month', '32 is outside 1 to 31', 4],
    ['*-*~29', 'day of month', '29 is outside 1 to 28', 4],
    ['*-*~0', 'day of month', '0 is outside 1 to 28', 4],
    ['*-*~7..1', 'day of month', '"7..1" ends before it starts', 4],
    ['*-*~1~2', 'expression', '"*-*~1~2" is not a date', 0],
    ['1-2-3-4', 'expression', '"1-2-3-4" is not a date', 0],
    ['2020~02-01', 'month', '2020 is outside 1 to 12', 0],
    ['Fri..Mon', 'day of week', '"FRI..MON" ends before it starts', 0],
    ['Mon,,Tue', 'day of week', '"" is not a weekday', 4],
    ['Mon/2', 'day of week', '"MON/2" is not a weekday', 0],
    ['Tues', 'day of week', '"TUES" is not a weekday', 0],
    ['UTC', 'time zone', '"UTC" must come last, after a weekday, date or time', 0],
    ['@daily', 'expression', '"@daily" is no weekday, date, time or shorthand (and cron has 5 fields)', 0],
    ['* * * * * *', 'expression', '"*" is no weekday, date, time or shorthand (and cron has 5 fields)', 0],
    ['12:00 Mon', 'time zone', '"Mon" is not a known time zone', 6],
    ['12:00 Foo/Bar', 'time zone', '"Foo/Bar" is not a known time zone', 6],
    ['12:00 europe/paris', 'time zone', '"europe/paris" is not a known time zone', 6],
    ['12:00 2020-01-01', 'expression', '"2020-01-01" is out of place', 6],
    ['daily 12:00', 'expression', '"daily" stands alone, but for a time zone after it', 0],
    ['Mon daily', 'expression', '"daily" stands alone, but for a time zone after it', 4],
    [
      '12:00 Europe/Paris UTC',
      'time zone',
      '"Europe/Paris" must come last, after a weekday, date or time',
      6,
    ],
    ['daily\n12:61', 'minute', '61 is outside 0 to 59', 9],
  ] as const) {
    assert.throws(() => parseOnCalendar(expression), new ScheduleError(field, reason, position), expression);
  }
});
