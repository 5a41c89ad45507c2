import type { DayShape } from './day-shape.ts';
import type { TimeShape } from './time-shape.ts';

/** What a language must be able to say. Sentences come in lower case and without a full stop. */
export interface Words {
  /** `every 5 minutes`. */
  period(amount: Amount): string;
  /** `at 09:00` or `every 10 minutes from 09:00 to 17:50`. */
  times(shape: TimeShape): string;
  /** `every day`, `on the 1st of every month`. */
  days(shape: DayShape): string;
  /** Between the clauses of several lines. */
  readonly separator: string;
}

/** A length of time in whole units, largest first, none of them zero. */
export type Amount = readonly AmountPart[];

export interface AmountPart {
  readonly unit: AmountUnit;
  readonly count: number;
}

export type AmountUnit = 'week' | 'day' | 'hour' | 'minute' | 'second';

const UNITS: readonly (readonly [AmountUnit, number])[] = [
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];
/** "Every 90 minutes" is easier than "1 hour and 30 minutes"; "every 1,590 minutes" is not. */
const MOST_OF_ONE_UNIT = 100;

/** A number of seconds as people say it: in one unit where it fits, else in several. */
export function amountOf(seconds: number): Amount {
  for (const [unit, length] of UNITS) {
    const count = seconds / length;
    if (Number.isInteger(count) && count <= MOST_OF_ONE_UNIT) return [{ unit, count }];
  }
  return partsOf(seconds);
}

/** A number of seconds in days, hours, minutes and seconds. */
export function partsOf(seconds: number): Amount {
  const parts: AmountPart[] = [];
  let rest = seconds;
  for (const [unit, length] of UNITS.slice(1)) {
    const count = Math.floor(rest / length);
    if (count > 0) parts.push({ unit, count });
    rest -= count * length;
  }
  return parts;
}

/** The hour, minute and second of a number of seconds since midnight. */
export function clockParts(time: number): { hour: number; minute: number; second: number } {
  return { hour: Math.floor(time / 3600), minute: Math.floor(time / 60) % 60, second: time % 60 };
}
