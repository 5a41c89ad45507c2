import {
  ALL_DAYS,
  ALL_HOURS,
  ALL_MINUTES,
  ALL_MONTHS,
  ALL_SECONDS,
  ALL_WEEKDAYS,
  type CalendarSpec,
  type DaysOfMonth,
  sortedUnique,
} from './calendar-spec.ts';
import { ScheduleError } from './schedule-error.ts';
import { expressionTimeZone } from './timezone.ts';
import {
  fieldNumber,
  itemNumbers,
  type NumberField,
  splitRange,
  splitStep,
  splitToken,
  splitWords,
  type Token,
  wholeNumber,
} from './token.ts';

/** One line of a systemd OnCalendar expression, as oncalendar reads it. */
export interface OnCalendarLine {
  readonly spec: CalendarSpec;
  /** The zone named in the line, which then goes before the schedule's own. */
  readonly timeZone: string | null;
}

const SECOND: NumberField = { name: 'second', min: 0, max: 59 };
const MINUTE: NumberField = { name: 'minute', min: 0, max: 59 };
const HOUR: NumberField = { name: 'hour', min: 0, max: 23 };
const DAY: NumberField = { name: 'day of month', min: 1, max: 31 };
/** Each month has this many days to count back over. */
const DAY_FROM_END: NumberField = { name: 'day of month', min: 1, max: 28 };
const MONTH: NumberField = { name: 'month', min: 1, max: 12 };
/** The years an OnCalendar expression knows: it is exhausted in 2200. */
export const YEAR: NumberField = { name: 'year', min: 1970, max: 2199 };

/** Sunday counts as 7 here, so that `Sat..Sun` is a range and `Sun..Mon` is none. */
const WEEKDAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];
const ALL_DAYS_OF_MONTH: DaysOfMonth = { days: ALL_DAYS, fromEnd: [], lastWorkday: false };

const SHORTHANDS: ReadonlyMap<string, string> = new Map([
  ['minutely', '*:*'],
  ['hourly', '*:0'],
  ['daily', '*-*'],
  ['weekly', 'Mon'],
  ['monthly', '*-1'],
  ['quarterly', '1,4,7,10-1'],
  ['semiannually', '1,7-1'],
  ['yearly', '1-1'],
  ['annually', '1-1'],
]);

/**
 * Reads an OnCalendar expression of one or more lines.
 * @throws ScheduleError naming the part, what is wrong with it, and where.
 */
export function parseOnCalendar(expression: string): OnCalendarLine[] {
  const text = expression.trim();
  const start = expression.indexOf(text);
  return splitToken({ text, position: start }, '\n').map(parseLine);
}

function parseLine(line: Token): OnCalendarLine {
  const words = splitWords(line.text, line.position);
  if (words.length === 0)
    throw new ScheduleError('expression', 'it is empty, or has an empty line', line.position);
  const timeZone = words.length > 1 ? expressionTimeZone(words.at(-1)!.text) : null;
  if (timeZone !== null) words.pop();
  return { spec: parseParts(expandShorthand(words)), timeZone };
}

function expandShorthand(words: Token[]): Token[] {
  const first = words[0]!;
  const meaning = words.length === 1 ? SHORTHANDS.get(first.text.toLowerCase()) : undefined;
  return meaning === undefined ? words : [{ text: meaning, position: first.position }];
}

/** Weekdays, date and time, each of which may be missing, in that order. */
function parseParts(words: readonly Token[]): CalendarSpec {
  const rest = [...words];
  const weekdays = isWeekdays(rest[0]) ? parseWeekdays(rest.shift()!) : ALL_WEEKDAYS;
  const date = isDate(rest[0]) ? parseDate(rest.shift()!) : everyDay();
  const time = rest[0]?.text.includes(':') ? parseTime(rest.shift()!) : midnight();
  if (rest[0]) throw misplaced(rest[0], rest.length === words.length);
  return { ...time, ...date, weekdays: { weekdays, nth: [] }, match: 'both' };
}

function misplaced({ text, position }: Token, isFirst: boolean): ScheduleError {
  if (expressionTimeZone(text) !== null) {
    return new ScheduleError(
      'time zone',
      `"${text}" must come last, after a weekday, date or time`,
      position,
    );
  }
  if (SHORTHANDS.has(text.toLowerCase())) {
    return new ScheduleError('expression', `"${text}" stands alone, but for a time zone after it`, position);
  }
  if (isFirst) {
    const reason = `"${text}" is no weekday, date, time or shorthand (and cron has 5 fields)`;
    return new ScheduleError('expression', reason, position);
  }
  if (/^[A-Z]/i.test(text))
    return new ScheduleError('time zone', `"${text}" is not a known time zone`, position);
  return new ScheduleError('expression', `"${text}" is out of place`, position);
}

function isWeekdays(word: Token | undefined): boolean {
  return word !== undefined && /^(?:mon|tue|wed|thu|fri|sat|sun)/i.test(word.text);
}

function isDate(word: Token | undefined): boolean {
  return word !== undefined && /^[\d*][^:]*[-~][^:]*$/.test(word.text);
}

function parseWeekdays(word: Token): readonly number[] {
  // One comma may part the weekdays from what follows; oncalendar takes several.
  const list = { text: word.text.toUpperCase().replace(/,+$/, ''), position: word.position };
  const values = splitToken(list, ',').flatMap((item) => {
    const mark = item.text.includes('..') ? '..' : '-';
    const { from, to } = splitRange(item, mark, 'day of week', weekdayNumber);
    return WEEKDAYS.map((_, index) => index + 1).filter((value) => from <= value && value <= to);
  });
  return sortedUnique(values.map((value) => value % 7));
}

function weekdayNumber({ text, position }: Token): number {
  const index = WEEKDAYS.findIndex((name) => text === name || text === name.slice(0, 3));
  if (index < 0) throw new ScheduleError('day of week', `"${text}" is not a weekday`, position);
  return index + 1;
}

type DatePart = Pick<CalendarSpec, 'years' | 'months' | 'days'>;

function everyDay(): DatePart {
  return { years: null, months: ALL_MONTHS, days: ALL_DAYS_OF_MONTH };
}

/** `YYYY-MM-DD`, `MM-DD`, or either with `~DD`, which counts from the month's end. */
function parseDate(word: Token): DatePart {
  const [start, back, more] = splitToken(word, '~') as [Token, Token?, Token?];
  const parts = splitToken(start, '-');
  const day = back === undefined ? parts.pop()! : back;
  const [month, year, surplus] = parts.reverse();
  if (month === undefined || surplus || more) {
    throw new ScheduleError('expression', `"${word.text}" is not a date`, word.position);
  }
  return {
    years: year === undefined || year.text === '*' ? null : sortedUnique(parseList(year, YEAR, yearNumber)),
    months: listOrAll(month, MONTH, ALL_MONTHS),
    days: back === undefined ? daysFromStart(day) : daysFromEnd(day),
  };
}

function daysFromStart(day: Token): DaysOfMonth {
  return { ...ALL_DAYS_OF_MONTH, days: listOrAll(day, DAY, ALL_DAYS) };
}

function daysFromEnd(day: Token): DaysOfMonth {
  if (day.text === '*') return ALL_DAYS_OF_MONTH;
  const fromEnd = splitToken(day, ',').flatMap(backwardNumbers);
  return { days: [], fromEnd: sortedUnique(fromEnd), lastWorkday: false };
}

/** Counting from the end a step runs towards the end: `~7/2` is ~7, ~5, ~3, ~1, and `~2..9/3` is ~9, ~6, ~3. */
function backwardNumbers(item: Token): number[] {
  const read = (value: Token) => fieldNumber(value, DAY_FROM_END);
  const { base, step } = splitStep(item, DAY_FROM_END.name);
  const { from, to } = splitRange(base, '..', DAY_FROM_END.name, read);
  const end = from === to && step !== null ? DAY_FROM_END.min : from;
  const numbers: number[] = [];
  for (let value = to; value >= end; value -= step ?? 1) numbers.push(value);
  return numbers;
}

/** Two-digit years are those of 1970 to 2069. */
function yearNumber({ text, position }: Token): number {
  const number = wholeNumber(text);
  if (number === null || number >= 100) return fieldNumber({ text, position }, YEAR);
  return number + (number < 70 ? 2000 : 1900);
}

type TimePart = Pick<CalendarSpec, 'hours' | 'minutes' | 'seconds'>;

function midnight(): TimePart {
  return { hours: [0], minutes: [0], seconds: [0] };
}

/** `HH:MM` or `HH:MM:SS`. */
function parseTime(word: Token): TimePart {
  const [hour, minute, second, surplus] = splitToken(word, ':') as [Token, Token, Token?, Token?];
  if (surplus) throw new ScheduleError('expression', `"${word.text}" is not a time`, word.position);
  return {
    hours: listOrAll(hour, HOUR, ALL_HOURS),
    minutes: listOrAll(minute, MINUTE, ALL_MINUTES),
    seconds: second === undefined ? [0] : listOrAll(second, SECOND, ALL_SECONDS),
  };
}

function listOrAll(token: Token, field: NumberField, all: readonly number[]): readonly number[] {
  return token.text === '*' ? all : sortedUnique(parseList(token, field));
}

function parseList(token: Token, field: NumberField, read?: (value: Token) => number): number[] {
  return splitToken(token, ',').flatMap((item) => itemNumbers(item, '..', field, read));
}
