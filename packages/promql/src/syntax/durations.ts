import type { Duration, DurationBinary, Span } from './ast.ts';

const MILLISECONDS = {
  y: 31_536_000_000,
  w: 604_800_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
};

const UNITS = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/u;

/** The longest duration: what fits into 64 bits of nanoseconds, in milliseconds. */
export const LONGEST = 9_223_372_036_854;

/**
 * The milliseconds of a duration: units from the longest to the shortest, each at most once (a year has 365 days).
 * @returns the reason in words when it is none.
 */
export function durationMilliseconds(text: string): number | string {
  const groups = UNITS.exec(text);
  if (groups === null || text === '') return faultOf(text);
  let total = 0;
  Object.values(MILLISECONDS).forEach((unit, at) => {
    total += Number(groups[at + 1] ?? 0) * unit;
  });
  if (total > LONGEST) return 'duration out of range';
  return total;
}

function faultOf(text: string): string {
  const units = text.match(/[a-z]+/gu) ?? [];
  const unknown = units.find((unit) => !Object.hasOwn(MILLISECONDS, unit));
  const written = JSON.stringify(text);
  return unknown === undefined
    ? `not a valid duration string: ${written}`
    : `unknown unit ${JSON.stringify(unknown)} in duration ${written}`;
}

/**
 * A duration as Prometheus writes it: `1h30m`; years and weeks only where nothing is left over, as 90 days are
 * easier to read than 12 weeks and 6 days.
 */
export function durationText(milliseconds: number): string {
  const whole = Math.trunc(milliseconds);
  if (whole === 0) return '0s';
  if (whole < 0) return `-${durationText(-whole)}`;
  let left = whole;
  let text = '';
  for (const [unit, length] of Object.entries(MILLISECONDS)) {
    const exact = unit === 'y' || unit === 'w';
    if (left < length || (exact && left % length !== 0)) continue;
    text += `${Math.floor(left / length)}${unit}`;
    left %= length;
  }
  return text;
}

/** What `step()` and `range()` are: milliseconds. */
export interface QueryTimes {
  readonly step: number;
  readonly range: number;
}

/** A duration that has no meaning for a query: a bad request. The message is the original's, with its place. */
export class DurationError extends Error {
  override readonly name = 'DurationError';

  constructor(reason: string, { start, end }: Span) {
    super(`${start}:${end}: ${reason}`);
  }
}

/**
 * The whole milliseconds of a duration, below zero or zero too: an offset.
 * @throws {DurationError} when a part is divided by zero, or the result is longer than any duration.
 */
export function resolveDuration(duration: Duration, times: QueryTimes): number {
  const milliseconds = Math.trunc(seconds(duration, times) * 1000);
  if (Math.abs(milliseconds) <= LONGEST) return milliseconds + 0;
  throw new DurationError('duration is out of range', duration.span);
}

/**
 * The whole milliseconds of a range or of a subquery's step.
 * @throws {DurationError} as `resolveDuration`, and when it is not above zero.
 */
export function resolveRange(duration: Duration, times: QueryTimes): number {
  if (duration.kind === 'durationLiteral') return duration.milliseconds;
  if (!(seconds(duration, times) > 0)) {
    throw new DurationError('duration must be greater than 0', duration.span);
  }
  return resolveDuration(duration, times);
}

function seconds(duration: Duration, times: QueryTimes): number {
  switch (duration.kind) {
    case 'durationLiteral':
      return duration.milliseconds / 1000;
    case 'durationParentheses':
      return seconds(duration.inner, times);
    case 'durationUnary':
      return duration.operator === '-' ? -seconds(duration.operand, times) : seconds(duration.operand, times);
    case 'durationCall':
      if (duration.name === 'step') return times.step / 1000;
      if (duration.name === 'range') return times.range / 1000;
      return Math[duration.name === 'min_of' ? 'min' : 'max'](
        ...duration.args.map((arg) => seconds(arg, times)),
      );
    case 'durationBinary':
      return combined(duration, seconds(duration.left, times), seconds(duration.right, times));
  }
}

function combined({ operator, span }: DurationBinary, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      if (right === 0) throw new DurationError('division by zero', span);
      return left / right;
    case '%':
      if (right === 0) throw new DurationError('modulo by zero', span);
      return left % right;
    case '^':
      return left ** right;
  }
}
