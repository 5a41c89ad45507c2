/** Proleptic Gregorian date arithmetic on day numbers (days since 1970-01-01), without Date objects. */

export interface CivilDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
}

const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** Days from 0000-01-01 to 1970-01-01. */
const EPOCH_DAYS = 719_528;

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : DAYS_IN_MONTH[month - 1]!;
}

/** The day number of January 1. */
function yearStart(year: number): number {
  const leapDays = Math.ceil(year / 4) - Math.ceil(year / 100) + Math.ceil(year / 400);
  return 365 * year + leapDays - EPOCH_DAYS;
}

export function dayNumber(year: number, month: number, day: number): number {
  const leapDay = month > 2 && isLeapYear(year) ? 1 : 0;
  return yearStart(year) + DAYS_BEFORE_MONTH[month - 1]! + leapDay + day - 1;
}

export function civilDate(dayNumber: number): CivilDate {
  // 146,097 days are 400 years, so the estimate is off by one at most.
  let year = Math.floor(((dayNumber + EPOCH_DAYS) * 400) / 146_097);
  if (yearStart(year) > dayNumber) year -= 1;
  else if (yearStart(year + 1) <= dayNumber) year += 1;
  let rest = dayNumber - yearStart(year);
  const leap = isLeapYear(year) ? 1 : 0;
  // Count February 29 as a day of its own, so that one table serves both kinds of year.
  if (leap === 1 && rest === 59) return { year, month: 2, day: 29 };
  if (leap === 1 && rest > 59) rest -= 1;
  let month = 1 + Math.floor(rest / 31);
  if (month < 12 && rest >= DAYS_BEFORE_MONTH[month]!) month += 1;
  return { year, month, day: rest - DAYS_BEFORE_MONTH[month - 1]! + 1 };
}

/** 0 is Sunday, as in cron. */
export function weekday(dayNumber: number): number {
  return (((dayNumber + 4) % 7) + 7) % 7;
}
