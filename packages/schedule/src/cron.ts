import {
  type CalendarSpec,
  type DaysOfMonth,
  type DaysOfWeek,
  type NthWeekday,
  range,
  sortedUnique,
} from './calendar-spec.ts';
import type { DstRule } from './occurrence.ts';
import { ScheduleError } from './schedule-error.ts';
import {
  fieldNumber,
  itemNumbers,
  type NumberField,
  splitStep,
  splitToken,
  splitWords,
  type Token,
  wholeNumber,
} from './token.ts';

/**
 * Cron expressions of five fields as cronsim reads them: Debian's cron, with `L` and `LW` as days of the month
 * and `5L` and `FRI#2` as weekdays. Upper and lower case are alike.
 */
export interface CronSpec extends CalendarSpec {
  readonly dst: DstRule;
}

interface CronField extends NumberField {
  /** Names for the values from `min` on. */
  readonly names: readonly string[];
}

const MINUTE: CronField = { name: 'minute', min: 0, max: 59, names: [] };
const HOUR: CronField = { name: 'hour', min: 0, max: 23, names: [] };
const DAY: CronField = { name: 'day of month', min: 1, max: 31, names: [] };
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const MONTH: CronField = { name: 'month', min: 1, max: 12, names: MONTHS };
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
/** 7 is Sunday too. */
const WEEKDAY: CronField = { name: 'day of week', min: 0, max: 7, names: WEEKDAYS };
const LONGEST_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Reads a cron expression.
 * @throws ScheduleError naming the field, what is wrong with it, and where.
 */
export function parseCron(expression: string): CronSpec {
  const tokens = splitWords(expression.toUpperCase());
  const [minute, hour, day, month, weekday, surplus] = tokens;
  if (!minute || !hour || !day || !month || !weekday || surplus) {
    throw new ScheduleError('expression', `cron needs 5 fields, not ${tokens.length}`);
  }
  const minutes = numbers(minute, MINUTE);
  const hours = numbers(hour, HOUR);
  const days = daysOfMonth(day);
  const months = numbers(month, MONTH);
  rejectMissingDays(days, months, day);
  return {
    seconds: [0],
    minutes,
    hours,
    days,
    months,
    weekdays: daysOfWeek(weekday),
    match: isStarred(day) || isStarred(weekday) ? 'both' : 'either',
    years: null,
    dst: isStarred(minute) || isStarred(hour) ? 'elapsed' : 'shift',
  };
}

// Debian looks at the first character only: a star with a step counts as a star, `0-59` does not.
function isStarred(token: Token): boolean {
  return token.text.startsWith('*');
}

/** cronsim refuses day 31 in February even where a weekday could match instead: it is surely a mistake. */
function rejectMissingDays(
  { days, fromEnd, lastWorkday }: DaysOfMonth,
  months: readonly number[],
  at: Token,
) {
  const longest = Math.max(...months.map((month) => LONGEST_MONTHS[month - 1]!));
  if (fromEnd.length > 0 || lastWorkday || days[0]! <= longest) return;
  throw new ScheduleError(DAY.name, `no month of this schedule has a day ${days[0]}`, at.position);
}

function daysOfMonth(token: Token): DaysOfMonth {
  const days: number[] = [];
  const fromEnd: number[] = [];
  let lastWorkday = false;
  for (const item of splitToken(token, ',')) {
    const { base } = splitStep(item, DAY.name);
    if (base.text === 'L') fromEnd.push(1);
    else if (base.text === 'LW') lastWorkday = true;
    else days.push(...cronNumbers(item, DAY));
  }
  return { days: sortedUnique(days), fromEnd: sortedUnique(fromEnd), lastWorkday };
}

function daysOfWeek(token: Token): DaysOfWeek {
  const weekdays: number[] = [];
  const nth: NthWeekday[] = [];
  for (const item of splitToken(token, ',')) {
    const counted = nthWeekday(item);
    if (counted) addNth(nth, counted);
    else weekdays.push(...cronNumbers(item, WEEKDAY).map((value) => value % 7));
  }
  return { weekdays: sortedUnique(weekdays), nth };
}

function addNth(list: NthWeekday[], { weekday, nth }: NthWeekday): void {
  if (!list.some((item) => item.weekday === weekday && item.nth === nth)) list.push({ weekday, nth });
}

/** `FRI#2` or `5L` (a digit only: cronsim knows no `FRIL`), or null when the item is neither. */
function nthWeekday({ text, position }: Token): NthWeekday | null {
  const last = /^([0-9]+)L$/.exec(text);
  if (last) return { weekday: fieldNumber({ text: last[1]!, position }, WEEKDAY) % 7, nth: -1 };
  const hash = text.indexOf('#');
  if (hash < 0) return null;
  const nth = wholeNumber(text.slice(hash + 1));
  if (nth === null || nth < 1 || nth > 5) {
    throw new ScheduleError(WEEKDAY.name, 'a number from 1 to 5 must follow "#"', position + hash);
  }
  return { weekday: namedNumber({ text: text.slice(0, hash), position }, WEEKDAY) % 7, nth };
}

function numbers(token: Token, field: CronField): readonly number[] {
  return sortedUnique(splitToken(token, ',').flatMap((item) => cronNumbers(item, field)));
}

function cronNumbers(item: Token, field: CronField): readonly number[] {
  const { base, step } = splitStep(item, field.name);
  if (base.text === '*') return range(field.min, field.max, step ?? 1);
  return itemNumbers(item, '-', field, (value) => namedNumber(value, field));
}

function namedNumber(token: Token, field: CronField): number {
  const named = field.names.indexOf(token.text);
  return named < 0 ? fieldNumber(token, field) : field.min + named;
}
