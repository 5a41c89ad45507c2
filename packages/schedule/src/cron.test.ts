import assert from 'node:assert/strict';
import test from 'node:test';
import { range } from './calendar-spec.ts';
import { parseCron } from './cron.ts';
import { ScheduleError } from './schedule-error.ts';

const ALL_MINUTES = range(0, 59);

test('a field takes values, names, lists, ranges and steps', () => {
  for (const [expression, field, want] of [
    ['* * * * *', 'minutes', ALL_MINUTES],
    ['5 * * * *', 'minutes', [5]],
    ['007 * * * *', 'minutes', [7]],
    ['9,5,5 * * * *', 'minutes', [5, 9]],
    ['5-8 * * * *', 'minutes', [5, 6, 7, 8]],
    ['5-5 * * * *', 'minutes', [5]],
    ['*/20 * * * *', 'minutes', [0, 20, 40]],
    ['*/100 * * * *', 'minutes', [0]],
    ['*/9999999999999999999999 * * * *', 'minutes', [0]],
    ['5/20 * * * *', 'minutes', [5, 25, 45]],
    ['10-30/10 * * * *', 'minutes', [10, 20, 30]],
    ['1-10/5,30 * * * *', 'minutes', [1, 6, 30]],
    ['50-50/5 * * * *', 'minutes', [50, 55]],
    ['1,* * * * *', 'minutes', ALL_MINUTES],
    ['0 */7 * * *', 'hours', [0, 7, 14, 21]],
    ['0 0 * JAN,mar-May *', 'months', [1, 3, 4, 5]],
    ['0 0 * 12/5 *', 'months', [12]],
    ['\t0\u00a00  *\n* * ', 'minutes', [0]],
  ] as const) {
    assert.deepEqual(parseCron(expression)[field], want, expression);
  }
});

test('weekdays count from Sunday, which is 0 and 7', () => {
  for (const [field, want] of [
    ['0', [0]],
    ['7', [0]],
    ['SUN', [0]],
    ['5-7', [0, 5, 6]],
    ['0-7', [0, 1, 2, 3, 4, 5, 6]],
    ['mon-FRI', [1, 2, 3, 4, 5]],
    ['MON-5', [1, 2, 3, 4, 5]],
    ['5/1', [0, 5, 6]],
    ['SUN/2', [0, 2, 4, 6]],
    ['*/8', [0]],
  ] as const) {
    assert.deepEqual(parseCron(`0 0 * * ${field}`).weekdays, { weekdays: want, nth: [] }, field);
  }
});

test('a weekday may be the nth or the last of its month', () => {
  for (const [field, weekdays, nth] of [
    ['MON#1', [], [[1, 1]]],
    ['7#5', [], [[0, 5]]],
    ['5L', [], [[5, -1]]],
    ['7L', [], [[0, -1]]],
    [
      '1#1,3,5L,1#01',
      [3],
      [
        [1, 1],
        [5, -1],
      ],
    ],
  ] as const) {
    const want = { weekdays, nth: nth.map(([weekday, n]) => ({ weekday, nth: n })) };
    assert.deepEqual(parseCron(`0 0 * * ${field}`).weekdays, want, field);
  }
});

test('a date may be counted from the end of its month', () => {
  for (const [field, days, fromEnd, lastWorkday] of [
    ['L', [], [1], false],
    ['l,15', [15], [1], false],
    ['LW', [], [], true],
    ['L,LW', [], [1], true],
    ['L/2', [], [1], false],
  ] as const) {
    assert.deepEqual(parseCron(`0 0 ${field} * *`).days, { days, fromEnd, lastWorkday }, field);
  }
});

test('a star in front decides how dates and weekdays combine, and what daylight saving time does', () => {
  for (const [expression, match, dst] of [
    ['* * * * *', 'both', 'elapsed'],
    ['0 0 1 * 1', 'either', 'shift'],
    ['0 0 */2 * 1', 'both', 'shift'],
    ['0 0 1 * */2', 'both', 'shift'],
    ['0 0 1,* * 1', 'either', 'shift'],
    ['*/5 0 1 * 1', 'either', 'elapsed'],
    ['0 */2 1 * 1', 'either', 'elapsed'],
    ['0-59 0-23 1-31 * 0-6', 'either', 'shift'],
    ['30,* 2 * * *', 'both', 'shift'],
  ] as const) {
    const spec = parseCron(expression);
    assert.deepEqual([spec.match, spec.dst], [match, dst], expression);
  }
});

test('a wrong expression is refused with its field, the reason and the place', () => {
  for (const [expression, field, reason, position] of [
    ['60 * * * *', 'minute', '60 is outside 0 to 59', 0],
    ['* 24 * * *', 'hour', '24 is outside 0 to 23', 2],
    ['* * 0 * *', 'day of month', '0 is outside 1 to 31', 4],
    ['* * 32 * *', 'day of month', '32 is outside 1 to 31', 4],
    ['* * * 13 *', 'month', '13 is outside 1 to 12', 6],
    ['* * * * 8', 'day of week', '8 is outside 0 to 7', 8],
    ['* * * * 8L', 'day of week', '8 is outside 0 to 7', 8],
    ['* * * * FRI-SUN', 'day of week', '"FRI-SUN" ends before it starts', 8],
    ['5-1 * * * *', 'minute', '"5-1" ends before it starts', 0],
    ['1,2,,3 * * * *', 'minute', 'a value is missing', 4],
    ['1, * * * *', 'minute', 'a value is missing', 2],
    ['*-5 * * * *', 'minute', '"*" is not a value', 0],
    ['1-2-3 * * * *', 'minute', '"2-3" is not a value', 2],
    ['1/2/3 * * * *', 'minute', 'a whole number from 1 up must follow "/"', 1],
    ['10,*/0 * * * *', 'minute', 'a whole number from 1 up must follow "/"', 4],
    ['/5 * * * *', 'minute', 'a value is missing', 0],
    ['1.5 * * * *', 'minute', '"1.5" is not a value', 0],
    ['+1 * * * *', 'minute', '"+1" is not a value', 0],
    ['١ * * * *', 'minute', '"١" is not a value', 0],
    ['** * * * *', 'minute', '"**" is not a value', 0],
    ['0 0 ? * *', 'day of month', '"?" is not a value', 4],
    ['0 0 15W * *', 'day of month', '"15W" is not a value', 4],
    ['0 0 L-1 * *', 'day of month', '"L" is not a value', 4],
    ['0 0 1-L * *', 'day of month', '"L" is not a value', 6],
    ['0 0 L/0 * *', 'day of month', 'a whole number from 1 up must follow "/"', 5],
    ['0 0 * January *', 'month', '"JANUARY" is not a value', 6],
    ['0 0 * * L', 'day of week', '"L" is not a value', 8],
    ['0 0 * * FRIL', 'day of week', '"FRIL" is not a value', 8],
    ['0 0 * * 1L/2', 'day of week', '"1L" is not a value', 8],
    ['0 0 * * 1#0', 'day of week', 'a number from 1 to 5 must follow "#"', 9],
    ['0 0 * * 1#6', 'day of week', 'a number from 1 to 5 must follow "#"', 9],
    ['0 0 * * 1-5#1', 'day of week', '"1-5" is not a value', 8],
    ['0 0 31 2 *', 'day of month', 'no month of this schedule has a day 31', 4],
    ['0 0 31,30 FEB 1', 'day of month', 'no month of this schedule has a day 30', 4],
    ['0 0 31 4,6,9,11 *', 'day of month', 'no month of this schedule has a day 31', 4],
    ['* * * *', 'expression', 'cron needs 5 fields, not 4', null],
    ['* * * * * *', 'expression', 'cron needs 5 fields, not 6', null],
  ] as const) {
    assert.throws(() => parseCron(expression), new ScheduleError(field, reason, position), expression);
  }
});

test('a date that exists in one of its months, or is counted from the end, is taken', () => {
  for (const expression of ['0 0 29 2 *', '0 0 31 2,3 *', '0 0 31,L 2 *', '0 0 LW,31 2 *', '0 0 30 4-6 *']) {
    assert.doesNotThrow(() => parseCron(expression), expression);
  }
});
