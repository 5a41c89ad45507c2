import type { DaysOfMonth, DaysOfWeek, NthWeekday } from './calendar-spec.ts';
import { type DayShape, mondayFirst } from './day-shape.ts';
import { listing, numberList, runsOf, singleRun, stepOf } from './listing.ts';
import type { Field, TimeShape, TimeUnit, TimeWindow } from './time-shape.ts';
import { type Amount, type AmountUnit, clockParts, partsOf, type Words } from './words.ts';

const MONTH_NAMES = 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre';
const MONTHS = MONTH_NAMES.split(' ');
/** Indexed from Monday = 1 to Sunday = 7; cron's Sunday = 0 is there too. */
const WEEKDAYS = ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'];
const NTH = ['premier', 'deuxième', 'troisième', 'quatrième', 'cinquième'];
const UNITS: Readonly<Record<AmountUnit, { name: string; every: string }>> = {
  week: { name: 'semaine', every: 'toutes les' },
  day: { name: 'jour', every: 'tous les' },
  hour: { name: 'heure', every: 'toutes les' },
  minute: { name: 'minute', every: 'toutes les' },
  second: { name: 'seconde', every: 'toutes les' },
};
/** A line must not break between a number and its unit. */
const NBSP = '\u00a0';
/** From this many dates on, an even step is told as such. */
const STEPPED_DATES = 5;

export const french: Words = { period, times, days, separator: `${NBSP}; ` };

function period(amount: Amount): string {
  if (amount.length > 1) return `à intervalles de ${amountText(amount)}`;
  return every(amount[0]!.count, amount[0]!.unit);
}

function times(shape: TimeShape): string {
  if (shape.kind === 'at') {
    return listing(
      shape.times.map((time) => `à ${clock(time)}`),
      'et',
    );
  }
  if (shape.kind === 'fields') return fieldTimes(shape);
  const { unit, step, offset, windows } = shape;
  if (windows.length > 0) return `${every(step, unit)} ${listing(windows.map(windowText), 'et')}`;
  if (unit === 'hour' && step > 1) return `${every(step, unit)} à partir de ${clock(offset)}`;
  if (offset === 0) return unit === 'hour' ? `${every(1, unit)}, à l'heure pile` : every(step, unit);
  return step > 1
    ? `${every(step, unit)} à partir de la ${position(offset)}`
    : `${every(step, unit)}, à la ${position(offset)}`;
}

/** A point within an hour or a minute: `minute 5`, `minute 5 et 15 secondes`, `seconde 15`. */
function position(offset: number): string {
  const { minute, second } = clockParts(offset);
  if (minute === 0) return `seconde ${second}`;
  if (second === 0) return `minute ${minute}`;
  return `minute ${minute} et ${amountText(partsOf(second))}`;
}

function windowText({ from, to }: TimeWindow): string {
  return `de ${clock(from)} à ${clock(to)}`;
}

/** `aux minutes 5 et 7 des heures 1 à 3`; the finest field leads, coarser ones follow until nothing is left out. */
function fieldTimes({ seconds, minutes, hours }: Extract<TimeShape, { kind: 'fields' }>): string {
  const fields: [Field, TimeUnit][] = [
    [seconds, 'second'],
    [minutes, 'minute'],
    [hours, 'hour'],
  ];
  if (seconds.values.length === 1 && seconds.values[0] === 0) fields.shift();
  const [[lead, unit], ...rest] = fields as [[Field, TimeUnit], ...[Field, TimeUnit][]];
  // "de chaque minute de chaque heure" says no more than "de chaque minute".
  if (minutes.every === 1 && hours.every === 1 && rest.length > 1) rest.pop();
  if (lead.every === null) return `${fieldText('à', lead, unit)}${rest.map(ofField).join('')}`;
  const [[next, nextUnit], ...coarser] = rest as [[Field, TimeUnit], ...[Field, TimeUnit][]];
  return `${every(lead.every, unit)} pendant ${duringField(next, nextUnit)}${coarser.map(ofField).join('')}`;
}

function ofField([field, unit]: [Field, TimeUnit]): string {
  return field.every === 1 ? ` de chaque ${UNITS[unit].name}` : ` ${fieldText('de', field, unit)}`;
}

function duringField(field: Field, unit: TimeUnit): string {
  const { name } = UNITS[unit];
  if (field.every === 1) return `chaque ${name}`;
  const numbers = numberList(field.values, 'et', 'à');
  if (field.values.length > 1) return `les ${name}s ${numbers}`;
  return `${article(name)}${name} ${numbers}`;
}

/** `à la minute 5`, `aux minutes 5 et 7`, `de l'heure 9`, `des heures 1 à 3`. */
function fieldText(preposition: 'à' | 'de', { values }: Field, unit: TimeUnit): string {
  const { name } = UNITS[unit];
  const numbers = numberList(values, 'et', 'à');
  if (values.length > 1) return `${preposition === 'à' ? 'aux' : 'des'} ${name}s ${numbers}`;
  return `${preposition} ${article(name)}${name} ${numbers}`;
}

function article(name: string): string {
  return name.startsWith('h') ? "l'" : 'la ';
}

function days(shape: DayShape): string {
  const { dates, weekdays, months, years } = shape;
  if (dates === null && weekdays === null) return `tous les jours${inMonths(months)}${inYears(years)}`;
  if (dates === null) return `${weekdayText(weekdays!, months)}${inYears(years)}`;
  if (weekdays !== null && shape.match === 'either') {
    return `${dateText(dates, months)} et ${weekdayText(weekdays, months)}${inYears(years)}`;
  }
  if (weekdays !== null)
    return `${dateText(dates, months)}${inYears(years)}, uniquement ${condition(weekdays)}`;
  const yearly = months?.length === 1 && years === null && isPlain(dates);
  const inOneYear =
    months?.length === 1 && years?.length === 1 && isPlain(dates) ? ` ${years[0]}` : inYears(years);
  return `${yearly ? 'chaque année ' : ''}${dateText(dates, months)}${inOneYear}`;
}

/** Whether the month's name can follow the days directly, as in `le 1er janvier`. */
function isPlain({ fromEnd, lastWorkday }: DaysOfMonth): boolean {
  return fromEnd.length === 0 && !lastWorkday;
}

function dateText(dates: DaysOfMonth, months: readonly number[] | null): string {
  const parts = [...fixedDates(dates.days), ...fromEndTexts(dates.fromEnd)];
  if (dates.lastWorkday) parts.push('le dernier jour ouvré (du lundi au vendredi)');
  const direct = months?.length === 1 && isPlain(dates);
  return `${listing(parts, 'et')}${direct ? ` ${monthName(months[0]!)}` : ofMonths(months)}`;
}

function fixedDates(dates: readonly number[]): string[] {
  const step = stepOf(dates);
  if (step !== null && step > 1 && dates.length >= STEPPED_DATES) {
    return [`${every(step, 'day')} du ${date(dates[0]!)} au ${date(dates.at(-1)!)}`];
  }
  const runs = runsOf(dates);
  const single = runs.filter(({ from, to }) => from === to).map(({ from }) => date(from));
  const parts = runs
    .filter(({ from, to }) => from < to)
    .map(({ from, to }) => `du ${date(from)} au ${date(to)}`);
  if (single.length > 0) parts.unshift(`${single.length > 1 ? 'les' : 'le'} ${listing(single, 'et')}`);
  return parts;
}

/** Days counted from the end, earliest first: `l'avant-dernier jour`, `le dernier jour`. */
function fromEndTexts(fromEnd: readonly number[]): string[] {
  const farthest = fromEnd.at(-1);
  if (farthest === undefined) return [];
  if (fromEnd.length > 1 && farthest === fromEnd.length) return [`les ${farthest} derniers jours`];
  return runsOf(fromEnd)
    .map(({ from, to }) =>
      from < to
        ? `du ${to}e au ${from}${from === 1 ? 'er' : 'e'} jour en partant de la fin`
        : dayFromEnd(from),
    )
    .reverse();
}

function dayFromEnd(day: number): string {
  if (day === 1) return 'le dernier jour';
  return day === 2 ? "l'avant-dernier jour" : `le ${day}e jour en partant de la fin`;
}

function weekdayText({ weekdays, nth }: DaysOfWeek, months: readonly number[] | null): string {
  const parts: string[] = [];
  const week = mondayFirst(weekdays);
  const run = singleRun(week);
  if (run !== null) parts.push(`du ${weekdayName(run.from)} au ${weekdayName(run.to)}${inMonths(months)}`);
  else if (week.length > 0) {
    const names = week.map((weekday) => `${weekdayName(weekday)}s`);
    parts.push(`tous les ${listing(names, 'et')}${inMonths(months)}`);
  }
  if (nth.length > 0) parts.push(`${listing(nth.map(nthText), 'et')}${ofMonths(months)}`);
  return parts.join(' et ');
}

/** What a date must also be: `si c'est un vendredi`. */
function condition({ weekdays, nth }: DaysOfWeek): string {
  const week = mondayFirst(weekdays);
  const run = singleRun(week);
  if (run !== null && nth.length === 0) return `du ${weekdayName(run.from)} au ${weekdayName(run.to)}`;
  const choices = [
    ...week.map((weekday) => `un ${weekdayName(weekday)}`),
    ...nth.map((item) => `${nthText(item)} du mois`),
  ];
  return `si c'est ${listing(choices, 'ou')}`;
}

function nthText({ weekday, nth }: NthWeekday): string {
  return `le ${nth < 0 ? 'dernier' : NTH[nth - 1]} ${weekdayName(weekday)}`;
}

function inMonths(months: readonly number[] | null): string {
  if (months === null) return '';
  const run = singleRun(months);
  if (run) return ` ${de(monthName(run.from))} à ${monthName(run.to)}`;
  return ` en ${listing(months.map(monthName), 'et')}`;
}

function ofMonths(months: readonly number[] | null): string {
  if (months === null) return ' de chaque mois';
  const run = singleRun(months);
  if (run) return ` de chaque mois ${de(monthName(run.from))} à ${monthName(run.to)}`;
  const names = listing(months.map(monthName), 'et');
  return months.length === 1 ? ` ${de(names)}` : ` des mois ${de(names)}`;
}

function inYears(years: readonly number[] | null): string {
  if (years === null) return '';
  const run = singleRun(years);
  return run ? ` de ${run.from} à ${run.to}` : ` en ${numberList(years, 'et', 'à')}`;
}

/** `de` before a name, `d'` before a vowel. */
function de(name: string): string {
  return /^[ao]/.test(name) ? `d'${name}` : `de ${name}`;
}

function every(count: number, unit: AmountUnit): string {
  const { name, every: all } = UNITS[unit];
  return count === 1 ? `${all} ${name}s` : `${all} ${count}${NBSP}${name}s`;
}

function amountText(amount: Amount): string {
  return listing(
    amount.map(({ unit, count }) => `${count}${NBSP}${UNITS[unit].name}${count === 1 ? '' : 's'}`),
    'et',
  );
}

/** `9 h`, `9 h 05`, `9 h 05 min 30 s`, `minuit`, `midi`. */
function clock(time: number): string {
  if (time === 0) return 'minuit';
  if (time === 43_200) return 'midi';
  const { hour, minute, second } = clockParts(time);
  const hours = `${hour}${NBSP}h`;
  if (minute === 0 && second === 0) return hours;
  const minutes = `${hours}${NBSP}${String(minute).padStart(2, '0')}`;
  return second === 0 ? minutes : `${minutes}${NBSP}min${NBSP}${String(second).padStart(2, '0')}${NBSP}s`;
}

/** The first of a month is an ordinal in French, the other days are not. */
function date(day: number): string {
  return day === 1 ? '1er' : `${day}`;
}

function weekdayName(weekday: number): string {
  return WEEKDAYS[weekday]!;
}

function monthName(month: number): string {
  return MONTHS[month - 1]!;
}
