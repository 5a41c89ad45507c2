import type { CalendarSpec, DaysOfMonth, DaysOfWeek } from './calendar-spec.ts';

/** Months have 28 to 31 days and start on one of 7 weekdays, so only 28 different months exist. */
const SHORTEST_MONTH = 28;
const MONTH_LENGTHS = [28, 29, 30, 31];

/** Where `dayMasks` keeps the month with this many days whose first day is this weekday. */
export function monthShape(length: number, firstWeekday: number): number {
  return (length - SHORTEST_MONTH) * 7 + firstWeekday;
}

/** For each month shape the days that match, as bits: bit 0 is the 1st. */
export function dayMasks(spec: Pick<CalendarSpec, 'days' | 'weekdays' | 'match'>): Int32Array {
  const masks = new Int32Array(MONTH_LENGTHS.length * 7);
  for (const length of MONTH_LENGTHS) {
    for (let firstWeekday = 0; firstWeekday < 7; firstWeekday += 1) {
      const byDate = daysOfMonthMask(spec.days, length, firstWeekday);
      const byWeekday = daysOfWeekMask(spec.weekdays, length, firstWeekday);
      masks[monthShape(length, firstWeekday)] =
        spec.match === 'both' ? byDate & byWeekday : byDate | byWeekday;
    }
  }
  return masks;
}

function daysOfMonthMask(days: DaysOfMonth, length: number, firstWeekday: number): number {
  let mask = 0;
  for (const day of days.days) mask |= dayBit(day, length);
  for (const back of days.fromEnd) mask |= dayBit(length + 1 - back, length);
  if (days.lastWorkday) {
    const lastWeekday = (firstWeekday + length - 1) % 7;
    const back = lastWeekday === 0 ? 2 : lastWeekday === 6 ? 1 : 0;
    mask |= dayBit(length - back, length);
  }
  return mask;
}

function daysOfWeekMask(days: DaysOfWeek, length: number, firstWeekday: number): number {
  let mask = 0;
  for (const weekday of days.weekdays) {
    for (let day = firstDate(weekday, firstWeekday); day <= length; day += 7) mask |= dayBit(day, length);
  }
  for (const { weekday, nth } of days.nth) {
    const first = firstDate(weekday, firstWeekday);
    const weeks = nth > 0 ? nth - 1 : Math.floor((length - first) / 7);
    mask |= dayBit(first + 7 * weeks, length);
  }
  return mask;
}

/** The first date of a month with that weekday. */
function firstDate(weekday: number, firstWeekday: number): number {
  return 1 + ((weekday - firstWeekday + 7) % 7);
}

function dayBit(day: number, length: number): number {
  return day >= 1 && day <= length ? 1 << (day - 1) : 0;
}
