import type { CalendarSpec } from './calendar-spec.ts';
import { civilDate, dayNumber, daysInMonth, weekday } from './civil-date.ts';
import { dayMasks, monthShape } from './day-masks.ts';
import { type ValueTable, valueTable } from './value-table.ts';

/**
 * A calendar spec made ready for searching. Times here are wall-clock seconds: seconds since 1970-01-01 00:00
 * as the clock on the wall shows them, whatever its UTC offset.
 */
export interface CalendarPattern {
  readonly seconds: ValueTable;
  readonly minutes: ValueTable;
  readonly hours: ValueTable;
  /** Indexed by month shape. */
  readonly dayMasks: Int32Array;
  /** Bit 1 is January. */
  readonly monthMask: number;
  /** Null: every year. */
  readonly years: ReadonlySet<number> | null;
  readonly firstYear: number;
  readonly lastYear: number;
}

/**
 * How many years a search looks ahead or back where the pattern itself names no years. Matches recur within 40
 * (February 29 on a given weekday, across 2100); cronsim gives up after 50.
 */
const SEARCH_YEARS = 50;
const DAY_SECONDS = 86_400;

/** The years a kind of schedule knows; nothing matches outside them. */
export interface YearSpan {
  readonly first: number;
  readonly last: number;
}

export function calendarPattern(spec: CalendarSpec, span: YearSpan): CalendarPattern {
  return {
    seconds: valueTable(spec.seconds, 60),
    minutes: valueTable(spec.minutes, 60),
    hours: valueTable(spec.hours, 24),
    dayMasks: dayMasks(spec),
    monthMask: spec.months.reduce((mask, month) => mask | (1 << month), 0),
    years: spec.years && new Set(spec.years),
    firstYear: spec.years?.[0] ?? span.first,
    lastYear: spec.years?.at(-1) ?? span.last,
  };
}

/** The first matching wall-clock time >= `from`, or null when none comes within the pattern's years. */
export function firstMatchFrom(pattern: CalendarPattern, from: number): number | null {
  const today = Math.floor(from / DAY_SECONDS);
  const { year, month, day } = civilDate(today);
  if (daysOf(pattern, year, month) & (1 << (day - 1))) {
    const time = timeFrom(pattern, from - today * DAY_SECONDS);
    if (time >= 0) return today * DAY_SECONDS + time;
  }
  const next = firstDayAfter(pattern, year, month, day);
  if (next === null) return null;
  const { hours, minutes, seconds } = pattern;
  return next * DAY_SECONDS + hours.first * 3600 + minutes.first * 60 + seconds.first;
}

/** The last matching wall-clock time <= `until`, or null when none lies within the pattern's years. */
export function lastMatchUntil(pattern: CalendarPattern, until: number): number | null {
  const today = Math.floor(until / DAY_SECONDS);
  const { year, month, day } = civilDate(today);
  if (daysOf(pattern, year, month) & (1 << (day - 1))) {
    const time = timeUntil(pattern, until - today * DAY_SECONDS);
    if (time >= 0) return today * DAY_SECONDS + time;
  }
  const previous = lastDayBefore(pattern, year, month, day);
  if (previous === null) return null;
  const { hours, minutes, seconds } = pattern;
  return previous * DAY_SECONDS + hours.last * 3600 + minutes.last * 60 + seconds.last;
}

/** The matching days of one month, as bits. */
function daysOf(pattern: CalendarPattern, year: number, month: number): number {
  if ((pattern.monthMask & (1 << month)) === 0) return 0;
  if (year < pattern.firstYear || year > pattern.lastYear) return 0;
  if (pattern.years !== null && !pattern.years.has(year)) return 0;
  return pattern.dayMasks[monthShape(daysInMonth(year, month), weekday(dayNumber(year, month, 1)))]!;
}

function firstDayAfter(pattern: CalendarPattern, year: number, month: number, day: number): number | null {
  let days = daysOf(pattern, year, month) & (-1 << day);
  let y = year;
  let m = month;
  const horizon =
    pattern.years === null ? Math.max(year, pattern.firstYear) + SEARCH_YEARS : pattern.lastYear;
  const limit = Math.min(horizon, pattern.lastYear);
  while (days === 0) {
    m += 1;
    if (m > 12) {
      y = Math.max(y + 1, pattern.firstYear);
      m = 1;
    }
    if (y > limit) return null;
    days = daysOf(pattern, y, m);
  }
  return dayNumber(y, m, 1) + lowestBit(days);
}

function lastDayBefore(pattern: CalendarPattern, year: number, month: number, day: number): number | null {
  let days = daysOf(pattern, year, month) & ((1 << (day - 1)) - 1);
  let y = year;
  let m = month;
  const horizon =
    pattern.years === null ? Math.min(year, pattern.lastYear) - SEARCH_YEARS : pattern.firstYear;
  const limit = Math.max(horizon, pattern.firstYear);
  while (days === 0) {
    m -= 1;
    if (m < 1) {
      y = Math.min(y - 1, pattern.lastYear);
      m = 12;
    }
    if (y < limit) return null;
    days = daysOf(pattern, y, m);
  }
  return dayNumber(y, m, 1) + highestBit(days);
}

function lowestBit(mask: number): number {
  return 31 - Math.clz32(mask & -mask);
}

function highestBit(mask: number): number {
  return 31 - Math.clz32(mask);
}

/** The first matching second of the day >= `from`, or -1. */
function timeFrom(pattern: CalendarPattern, from: number): number {
  const { hours, minutes, seconds } = pattern;
  const hour = Math.floor(from / 3600);
  const minute = Math.floor(from / 60) % 60;
  if (hours.following[hour] === hour) {
    const hourStart = hour * 3600;
    if (minutes.following[minute] === minute) {
      const second = seconds.following[from % 60]!;
      if (second >= 0) return hourStart + minute * 60 + second;
    }
    const later = minutes.following[minute + 1]!;
    if (later >= 0) return hourStart + later * 60 + seconds.first;
  }
  const later = hours.following[hour + 1]!;
  return later < 0 ? -1 : later * 3600 + minutes.first * 60 + seconds.first;
}

/** The last matching second of the day <= `until`, or -1. */
function timeUntil(pattern: CalendarPattern, until: number): number {
  const { hours, minutes, seconds } = pattern;
  const hour = Math.floor(until / 3600);
  const minute = Math.floor(until / 60) % 60;
  if (hours.following[hour] === hour) {
    const hourStart = hour * 3600;
    if (minutes.following[minute] === minute) {
      const second = seconds.preceding[(until % 60) + 1]!;
      if (second >= 0) return hourStart + minute * 60 + second;
    }
    const earlier = minutes.preceding[minute]!;
    if (earlier >= 0) return hourStart + earlier * 60 + seconds.last;
  }
  const earlier = hours.preceding[hour]!;
  return earlier < 0 ? -1 : earlier * 3600 + minutes.last * 60 + seconds.last;
}
