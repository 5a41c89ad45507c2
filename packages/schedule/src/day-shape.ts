import {
  ALL_MONTHS,
  type CalendarSpec,
  type DaysOfMonth,
  type DaysOfWeek,
  isEveryDayOfMonth,
  isEveryWeekday,
} from './calendar-spec.ts';

/** Which days a schedule means, without what says nothing; null stands for "all". */
export interface DayShape {
  readonly dates: DaysOfMonth | null;
  readonly weekdays: DaysOfWeek | null;
  /** Where both are given: whether a day must satisfy both or one of them. */
  readonly match: 'both' | 'either';
  readonly months: readonly number[] | null;
  readonly years: readonly number[] | null;
}

export function dayShape(spec: CalendarSpec): DayShape {
  const everyDate = isEveryDayOfMonth(spec.days);
  const everyWeekday = isEveryWeekday(spec.weekdays);
  // "Any date or a Friday" is any day, as is "a date or any weekday".
  const everyDay = spec.match === 'either' && (everyDate || everyWeekday);
  return {
    dates: everyDay || everyDate ? null : spec.days,
    weekdays: everyDay || everyWeekday ? null : spec.weekdays,
    match: spec.match,
    months: spec.months.length === ALL_MONTHS.length ? null : spec.months,
    years: spec.years,
  };
}

/** Weekdays in the order of a European week: Monday is 1, Sunday 7. */
export function mondayFirst(weekdays: readonly number[]): readonly number[] {
  return weekdays.map((weekday) => (weekday === 0 ? 7 : weekday)).sort((a, b) => a - b);
}
