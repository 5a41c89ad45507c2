/**
 * Which wall-clock times a schedule means, as both cron and OnCalendar can say it. All lists are sorted and
 * without duplicates; the lists of times are never empty.
 */
export interface CalendarSpec {
  readonly seconds: readonly number[];
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: DaysOfMonth;
  /** 1 to 12. */
  readonly months: readonly number[];
  readonly weekdays: DaysOfWeek;
  /** `both`: a day must satisfy `days` and `weekdays`; `either`: one of them is enough. */
  readonly match: 'both' | 'either';
  /** Null: every year. */
  readonly years: readonly number[] | null;
}

/** A day of the month matches when any of these says so. */
export interface DaysOfMonth {
  readonly days: readonly number[];
  /** Counted from the end: 1 is the last day of the month. */
  readonly fromEnd: readonly number[];
  /** The last Monday-to-Friday day of the month. */
  readonly lastWorkday: boolean;
}

/** A weekday matches when any of these says so. 0 is Sunday. */
export interface DaysOfWeek {
  readonly weekdays: readonly number[];
  readonly nth: readonly NthWeekday[];
}

export interface NthWeekday {
  readonly weekday: number;
  /** 1 to 5 counts from the start of the month; -1 is the last one. */
  readonly nth: number;
}

export const ALL_SECONDS = range(0, 59);
export const ALL_MINUTES = ALL_SECONDS;
export const ALL_HOURS = range(0, 23);
export const ALL_DAYS = range(1, 31);
export const ALL_MONTHS = range(1, 12);
export const ALL_WEEKDAYS = range(0, 6);

export function isEveryDayOfMonth(days: DaysOfMonth): boolean {
  return days.days.length === ALL_DAYS.length;
}

export function isEveryWeekday(weekdays: DaysOfWeek): boolean {
  return weekdays.weekdays.length === ALL_WEEKDAYS.length;
}

/** `from`, `from + step`, ... up to `to`. */
export function range(from: number, to: number, step = 1): readonly number[] {
  const values: number[] = [];
  for (let value = from; value <= to; value += step) values.push(value);
  return values;
}

export function sortedUnique(values: Iterable<number>): readonly number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}
