import { Labels } from '@vigie/series';
import { emptyRow, type Row, setFloat, timeOf } from '../evaluate/columns.ts';
import type { FunctionCall, FunctionEntry } from './function-entry.ts';
import { mapFloats } from './map-floats.ts';

/** A part of the date and time that a float stands for: whole seconds since the epoch, in UTC. */
function dateFunction(name: string, part: (date: Date) => number): FunctionEntry {
  const partOf = (seconds: number): number => part(new Date(Math.trunc(seconds) * 1000));
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
  dateFunction('year', (date) => date.getUTCFullYear()),
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
