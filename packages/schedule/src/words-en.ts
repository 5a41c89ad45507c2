import type { DaysOfMonth, DaysOfWeek, NthWeekday } from './calendar-spec.ts';
import { type DayShape, mondayFirst } from './day-shape.ts';
import { listing, numberList, runsOf, singleRun, stepOf } from './listing.ts';
import type { Field, TimeShape, TimeUnit, TimeWindow } from './time-shape.ts';
import { type Amount, clockParts, partsOf, type Words } from './words.ts';

const MONTH_NAMES = 'January February March April May June July August September October November December';
const MONTHS = MONTH_NAMES.split(' ');
/** Indexed from Monday = 1 to Sunday = 7; cron's Sunday = 0 is there too. */
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const NTH = ['first', 'second', 'third', 'fourth', 'fifth'];
const LARGER: Record<TimeUnit, string> = { second: 'minute', minute: 'hour', hour: 'day' };
/** From this many dates on, an even step is told as such. */
const STEPPED_DATES = 5;

export const english: Words = { period, times, days, separator: '; ' };

function period(amount: Amount): string {
  if (amount.length > 1) return `at intervals of ${amountText(amount)}`;
  return every(amount[0]!.count, amount[0]!.unit);
}

function times(shape: TimeShape): string {
  if (shape.kind === 'at') return `at ${listing(shape.times.map(clock), 'and')}`;
  if (shape.kind === 'fields') return fieldTimes(shape);
  const { unit, step, offset, windows } = shape;
  if (windows.length > 0) return `${every(step, unit)} ${listing(windows.map(windowText), 'and')}`;
  if (unit === 'hour' && step > 1) return `${every(step, unit)} from ${clock(offset)}`;
  if (offset === 0) return unit === 'hour' ? 'every hour on the hour' : every(step, unit);
  const past = `${amountText(partsOf(offset))} past the ${step > 1 ? LARGER[unit] : unit}`;
  return step > 1 ? `${every(step, unit)}, starting ${past}` : `${every(step, unit)}, ${past}`;
}

function windowText({ from, to }: TimeWindow): string {
  return `from ${clock(from)} to ${clock(to)}`;
}

/** `at minutes 5 and 7 of hours 1 to 3`; the finest field leads, coarser ones follow until nothing is left out. */
function fieldTimes({ seconds, minutes, hours }: Extract<TimeShape, { kind: 'fields' }>): string {
  const fields: [Field, TimeUnit][] = [
    [seconds, 'second'],
    [minutes, 'minute'],
    [hours, 'hour'],
  ];
  if (seconds.values.length === 1 && seconds.values[0] === 0) fields.shift();
  const [[lead, unit], ...rest] = fields as [[Field, TimeUnit], ...[Field, TimeUnit][]];
  const followers = rest.map(([field, name]) =>
    field.every === 1 ? `every ${name}` : fieldText(field, name),
  );
  // "of every minute of every hour" says no more than "of every minute".
  if (minutes.every === 1 && hours.every === 1 && followers.length > 1) followers.pop();
  const of = followers.join(' of ');
  return lead.every === null
    ? `at ${fieldText(lead, unit)} of ${of}`
    : `${every(lead.every, unit)} during ${of}`;
}

function fieldText({ values }: Field, unit: TimeUnit): string {
  return `${unit}${values.length > 1 ? 's' : ''} ${numberList(values, 'and', 'to')}`;
}

function days(shape: DayShape): string {
  const { dates, weekdays, months, years } = shape;
  if (dates === null && weekdays === null) return `every day${inMonths(months)}${inYears(years)}`;
  if (dates === null) return `${weekdayText(weekdays!, months)}${inYears(years)}`;
  if (weekdays !== null && shape.match === 'either') {
    return `${dateText(dates, months)} and ${weekdayText(weekdays, months)}${inYears(years)}`;
  }
  if (weekdays !== null) return `${dateText(dates, months)}${inYears(years)}, only ${condition(weekdays)}`;
  const yearly = months?.length === 1 && years === null && dates.fromEnd.length === 0 && !dates.lastWorkday;
  const inOneYear = months?.length === 1 && years?.length === 1 ? ` ${years[0]}` : inYears(years);
  return `${yearly ? 'every year ' : ''}${dateText(dates, months)}${inOneYear}`;
}

function dateText(
  { days: dates, fromEnd, lastWorkday }: DaysOfMonth,
  months: readonly number[] | null,
): string {
  const parts: string[] = [];
  const step = stepOf(dates);
  const stepped = step !== null && step > 1 && dates.length >= STEPPED_DATES;
  if (stepped)
    parts.push(`every ${step} days from the ${ordinal(dates[0]!)} to the ${ordinal(dates.at(-1)!)}`);
  const runs = stepped ? [] : runsOf(dates);
  const single = runs.filter(({ from, to }) => from === to).map(({ from }) => ordinal(from));
  if (fromEnd.length > 0) single.push(fromEndText(fromEnd));
  if (lastWorkday) single.push('last weekday (Monday to Friday)');
  if (single.length > 0) parts.push(`on the ${listing(single, 'and')}`);
  for (const { from, to } of runs) {
    if (from < to) parts.push(`from the ${ordinal(from)} to the ${ordinal(to)}`);
  }
  return `${listing(parts, 'and')}${ofMonths(months)}`;
}

/** Days counted from the end, earliest first: `3rd-to-last and last day`. */
function fromEndText(fromEnd: readonly number[]): string {
  const farthest = fromEnd.at(-1)!;
  if (fromEnd.length > 1 && farthest === fromEnd.length) return `last ${farthest} days`;
  const spans = runsOf(fromEnd).map(({ from, to }) => spanText(to, from, toLast));
  return `${listing(spans.reverse(), 'and')} day`;
}

function toLast(day: number): string {
  return day === 1 ? 'last' : `${ordinal(day)}-to-last`;
}

function spanText(from: number, to: number, name: (value: number) => string): string {
  return from === to ? name(from) : `${name(from)} to ${name(to)}`;
}

function weekdayText({ weekdays, nth }: DaysOfWeek, months: readonly number[] | null): string {
  const parts: string[] = [];
  const week = mondayFirst(weekdays);
  const run = singleRun(week);
  if (run !== null) parts.push(`${spanText(run.from, run.to, weekdayName)}${inMonths(months)}`);
  else if (week.length > 0) parts.push(`every ${listing(week.map(weekdayName), 'and')}${inMonths(months)}`);
  if (nth.length > 0) parts.push(`on ${listing(nth.map(nthText), 'and')}${ofMonths(months)}`);
  return parts.join(' and ');
}

/** What a date must also be: `if it is a Friday`. */
function condition({ weekdays, nth }: DaysOfWeek): string {
  const week = mondayFirst(weekdays);
  const run = singleRun(week);
  if (run !== null && nth.length === 0) return `from ${spanText(run.from, run.to, weekdayName)}`;
  const choices = [
    ...week.map((weekday) => `a ${weekdayName(weekday)}`),
    ...nth.map((item) => `${nthText(item)} of the month`),
  ];
  return `if it is ${listing(choices, 'or')}`;
}

function nthText({ weekday, nth }: NthWeekday): string {
  return `the ${nth < 0 ? 'last' : NTH[nth - 1]} ${weekdayName(weekday)}`;
}

function inMonths(months: readonly number[] | null): string {
  if (months === null) return '';
  const run = singleRun(months);
  return run
    ? ` from ${spanText(run.from, run.to, monthName)}`
    : ` in ${listing(months.map(monthName), 'and')}`;
}

function ofMonths(months: readonly number[] | null): string {
  if (months === null) return ' of every month';
  const run = singleRun(months);
  if (run) return ` of every month from ${spanText(run.from, run.to, monthName)}`;
  return ` of ${listing(months.map(monthName), 'and')}`;
}

function inYears(years: readonly number[] | null): string {
  if (years === null) return '';
  const run = singleRun(years);
  return run ? ` from ${run.from} to ${run.to}` : ` in ${numberList(years, 'and', 'to')}`;
}

function every(count: number, unit: string): string {
  return count === 1 ? `every ${unit}` : `every ${count} ${unit}s`;
}

function amountText(amount: Amount): string {
  return listing(
    amount.map(({ unit, count }) => `${count} ${unit}${count === 1 ? '' : 's'}`),
    'and',
  );
}

function clock(time: number): string {
  const { hour, minute, second } = clockParts(time);
  const parts = second === 0 ? [hour, minute] : [hour, minute, second];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

function ordinal(value: number): string {
  const last = value % 10;
  const teen = value >= 11 && value <= 13;
  if (last === 1 && !teen) return `${value}st`;
  if (last === 2 && !teen) return `${value}nd`;
  if (last === 3 && !teen) return `${value}rd`;
  return `${value}th`;
}

function weekdayName(weekday: number): string {
  return WEEKDAYS[weekday]!;
}

function monthName(month: number): string {
  return MONTHS[month - 1]!;
}
