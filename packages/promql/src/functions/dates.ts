import { Labels } from '@vigie/series';
import { emptyRow, type Row, setFloat, timeOf } from '../evaluate/columns.ts';
import type { FunctionCall, FunctionEntry } from './function-entry.ts';
import { mapFloats } from './map-floats.ts';

/** The calendar begins again after so many years, which are so many seconds. */
const CYCLE_YEARS = 400;
const CYCLE = 12_622_780_800;

/** What is beyond is no number of seconds in Go, which makes of it what the processor likes: here it is NaN. */
const MOST_SECONDS = 2 ** 63;

/**
 * A part of the date and time that a float stands for: whole seconds since the epoch, in UTC. JavaScript's dates end
 * in the year 275760, so a date is looked up in the first years of its cycle.
 */
function dateFunction(name: string, part: (date: Date, cycle: number) => number): FunctionEntry {
  const partOf = (seconds: number): number => {
    const whole = Math.trunc(seconds);
    if (!(Math.abs(whole) < MOST_SECONDS)) return Number.NaN;
    const cycle = Math.floor(whole / CYCLE);
    return part(new Date((whole - cycle * CYCLE) * 1000), cycle);
  };
  return {
    name,
    args: ['vector'],
    optional: 1,
    returns: 'vector',
    evaluate: (call) => ({
      type: 'vector',
      rows: call.count === 0 ? [ofSteps(call, partOf)] : mapFloats(call, partOf),
    }),
  };
}

/** Without an argument: the time of each step, without labels. */
function ofSteps({ context: { steps } }: FunctionCall, partOf: (seconds: number) => number): Row {
  const row = emptyRow(Labels.EMPTY, false, steps.count);
  for (let step = 0; step < steps.count; step++) setFloat(row, step, partOf(timeOf(steps, step) / 1000));
  return row;
}

const DAY = 86_400_000;

export const DATES: readonly FunctionEntry[] = [
  dateFunction('minute', (date) => date.getUTCMinutes()),
  dateFunction('hour', (date) => date.getUTCHours()),
  dateFunction('day_of_week', (date) => date.getUTCDay()),
  dateFunction('day_of_month', (date) => date.getUTCDate()),
  dateFunction('day_of_year', dayOfYear),
  dateFunction('days_in_month', daysInMonth),
  dateFunction('month', (date) => date.getUTCMonth() + 1),
  dateFunction('year', (date, cycle) => date.getUTCFullYear() + cycle * CYCLE_YEARS),
];

function dayOfYear(date: Date): number {
  const first = new Date(date);
  first.setUTCMonth(0, 1);
  return Math.round((date.getTime() - first.getTime()) / DAY) + 1;
}

/** Day 0 of the next month is the last one of this. */
function daysInMonth(date: Date): number {
  const last = new Date(date);
  last.setUTCMonth(date.getUTCMonth() + 1, 0);
  return last.getUTCDate();
}
