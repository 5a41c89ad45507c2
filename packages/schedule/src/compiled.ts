import { BoundedCache } from './bounded-cache.ts';
import { type CalendarPattern, calendarPattern, type YearSpan } from './calendar-pattern.ts';
import type { CalendarSpec } from './calendar-spec.ts';
import { parseCron } from './cron.ts';
import { type DstRule, nextOccurrence } from './occurrence.ts';
import { parseOnCalendar, YEAR } from './oncalendar.ts';
import { ScheduleError } from './schedule-error.ts';
import { zoneOffsets } from './zone-offsets.ts';

/** One line of an expression, ready for searching. */
export interface CompiledLine {
  readonly spec: CalendarSpec;
  readonly pattern: CalendarPattern;
  readonly dst: DstRule;
  /** Null: the zone of the schedule. */
  readonly timeZone: string | null;
}

export interface CompiledExpression {
  readonly kind: 'cron' | 'oncalendar';
  /** Cron has one; an occurrence of any line is one of the expression. */
  readonly lines: readonly CompiledLine[];
}

/** Healthchecks takes 100 characters; this leaves room and still bounds the work of reading one. */
const MAX_LENGTH = 1000;
/** An entry takes 1 to 2 kB; installations have many checks and few different expressions. */
const CACHED_EXPRESSIONS = 2000;
const ANY_YEAR: YearSpan = { first: Number.NEGATIVE_INFINITY, last: Number.POSITIVE_INFINITY };
const ONCALENDAR_YEARS: YearSpan = { first: YEAR.min, last: YEAR.max };
/** 2000-01-01T00:00Z in seconds: an expression must have an occurrence after it. */
const VALID_AFTER = 946_684_800;

const cache = new BoundedCache<CompiledExpression>(CACHED_EXPRESSIONS);

/**
 * An expression made ready for searching, from the cache where it was used lately.
 * @throws ScheduleError when it is not valid, or never comes.
 */
export function compiled(expression: string): CompiledExpression {
  return cache.get(expression, compile);
}

function compile(expression: string): CompiledExpression {
  if (expression.length > MAX_LENGTH) {
    throw new ScheduleError('expression', `it is longer than ${MAX_LENGTH} characters`);
  }
  const result = isCron(expression) ? compileCron(expression) : compileOnCalendar(expression);
  if (!result.lines.some(comesAfter2000)) {
    throw new ScheduleError('expression', 'no date and time ever matches it');
  }
  return result;
}

/** Five fields on one line are cron; anything else is OnCalendar. */
function isCron(expression: string): boolean {
  const line = expression.trim();
  return !line.includes('\n') && line.split(/\s+/).length === 5;
}

function compileCron(expression: string): CompiledExpression {
  const spec = parseCron(expression);
  return {
    kind: 'cron',
    lines: [{ spec, pattern: calendarPattern(spec, ANY_YEAR), dst: spec.dst, timeZone: null }],
  };
}

function compileOnCalendar(expression: string): CompiledExpression {
  const lines = parseOnCalendar(expression).map(({ spec, timeZone }) => ({
    spec,
    pattern: calendarPattern(spec, ONCALENDAR_YEARS),
    dst: 'skip' as const,
    timeZone,
  }));
  return { kind: 'oncalendar', lines };
}

function comesAfter2000({ pattern, dst, timeZone }: CompiledLine): boolean {
  return nextOccurrence(pattern, zoneOffsets(timeZone ?? 'UTC'), dst, VALID_AFTER) !== null;
}
