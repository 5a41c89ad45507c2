import { type CompiledLine, compiled } from './compiled.ts';
import { nextOccurrence, previousOccurrence } from './occurrence.ts';
import { ScheduleError } from './schedule-error.ts';
import { canonicalTimeZone } from './timezone.ts';
import { zoneOffsets } from './zone-offsets.ts';

/** When something is expected. */
export type Schedule =
  /** So many seconds after the last time. */
  | { kind: 'simple'; timeout: number }
  | { kind: 'cron'; expression: string; timeZone: string }
  | { kind: 'oncalendar'; expression: string; timeZone: string };

/** More occurrences than this in one call are refused. */
const MAX_OCCURRENCES = 10_000;
/** The times of ECMAScript end at 8.64e15; this leaves room for the search. */
const MAX_TIME = 8.6e15;

/**
 * Reads an expression and its time zone. Five fields on one line are cron, anything else is OnCalendar.
 * The expression is kept as written, the zone by its canonical name.
 * @throws ScheduleError with the reason, when either is not valid or no date ever matches.
 */
export function parseSchedule(expression: string, timeZone: string): Schedule {
  const { kind } = compiled(expression);
  return { kind, expression, timeZone: knownTimeZone(timeZone) };
}

/** Whether `parseSchedule` would take the expression. */
export function isValidExpression(expression: string): boolean {
  try {
    compiled(expression);
    return true;
  } catch (error) {
    if (error instanceof ScheduleError) return false;
    throw error;
  }
}

/**
 * The first occurrence after a time, both in epoch milliseconds; null when there is none any more.
 * Cron and OnCalendar count from the whole second `after` lies in; the result is always later than `after`.
 * @throws ScheduleError when the schedule is not valid, which one of `parseSchedule` always is.
 */
export function next(schedule: Schedule, after: number): number | null {
  checkTime(after);
  if (schedule.kind === 'simple') return after + timeoutOf(schedule) * 1000;
  const base = Math.floor(after / 1000);
  let earliest: number | null = null;
  for (const line of compiled(schedule.expression).lines) {
    const found = nextOccurrence(line.pattern, zoneOf(line, schedule), line.dst, base);
    if (found !== null && (earliest === null || found < earliest)) earliest = found;
  }
  return earliest === null ? null : earliest * 1000;
}

/**
 * The last occurrence before a time, both in epoch milliseconds; null when there was none.
 * @throws ScheduleError when the schedule is not valid, which one of `parseSchedule` always is.
 */
export function previous(schedule: Schedule, before: number): number | null {
  checkTime(before);
  if (schedule.kind === 'simple') return before - timeoutOf(schedule) * 1000;
  const base = Math.ceil(before / 1000);
  let latest: number | null = null;
  for (const line of compiled(schedule.expression).lines) {
    const found = previousOccurrence(line.pattern, zoneOf(line, schedule), line.dst, base);
    if (found !== null && (latest === null || found > latest)) latest = found;
  }
  return latest === null ? null : latest * 1000;
}

/**
 * Up to `count` occurrences after a time, soonest first; fewer when the schedule is exhausted.
 * @throws RangeError when `count` is not a whole number from 0 to 10,000.
 */
export function nextOccurrences(schedule: Schedule, after: number, count: number): number[] {
  return repeated((from) => next(schedule, from), after, count);
}

/**
 * Up to `count` occurrences before a time, latest first.
 * @throws RangeError when `count` is not a whole number from 0 to 10,000.
 */
export function previousOccurrences(schedule: Schedule, before: number, count: number): number[] {
  return repeated((from) => previous(schedule, from), before, count);
}

/**
 * The timeout of a simple schedule, in seconds.
 * @throws ScheduleError when it is not a whole number from 1 up.
 */
export function timeoutOf({ timeout }: { timeout: number }): number {
  if (Number.isSafeInteger(timeout) && timeout > 0) return timeout;
  throw new ScheduleError('timeout', `${timeout} is not a whole number of seconds from 1 up`);
}

function repeated(step: (from: number) => number | null, start: number, count: number): number[] {
  if (!Number.isInteger(count) || count < 0 || count > MAX_OCCURRENCES) {
    throw new RangeError(`count must be a whole number from 0 to ${MAX_OCCURRENCES}, not ${count}`);
  }
  const found: number[] = [];
  let time: number | null = start;
  while (found.length < count) {
    time = step(time);
    if (time === null) break;
    found.push(time);
  }
  return found;
}

function zoneOf(line: CompiledLine, schedule: { timeZone: string }) {
  return zoneOffsets(line.timeZone ?? knownTimeZone(schedule.timeZone));
}

function knownTimeZone(name: string): string {
  const canonical = canonicalTimeZone(name);
  if (canonical === null) throw new ScheduleError('time zone', `"${name}" is not a known time zone`);
  return canonical;
}

function checkTime(time: number): void {
  if (!(Math.abs(time) <= MAX_TIME)) throw new RangeError(`${time} is not a time in epoch milliseconds`);
}
