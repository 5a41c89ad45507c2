import { NO_FLAGS } from '../format/flags.ts';
import { formatFloat } from '../format/format-float.ts';
import { quote } from '../format/quote.ts';
import { hexFloat } from '../syntax/numbers.ts';
import { CallError } from '../template-error.ts';
import { DURATION, nanoseconds } from '../time/duration.ts';
import { GoTime, timeText } from '../time/time.ts';
import { GoFunction } from '../values/function.ts';
import { typeName } from '../values/kind.ts';
import { GoNamed, type GoValue } from '../values/value.ts';

const LARGE = ['k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'];
const SMALL = ['m', 'u', 'n', 'p', 'f', 'a', 'z', 'y'];
const BINARY = ['ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei', 'Zi', 'Yi'];
const FOUR_DIGITS = { ...NO_FLAGS, precision: 4 };
const FLOAT =
  /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf|infinity|nan|0x(?:[\da-f]+\.?[\da-f]*|\.[\da-f]+)p[+-]?\d+)$/iu;

function short(value: number): string {
  return formatFloat(value, 'g', FOUR_DIGITS) ?? '';
}

/** What a function of numbers takes for one: numbers, durations as seconds, and texts that say one. */
export function floatOf(value: GoValue): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'string') return parseFloatText(value);
  if (value instanceof GoNamed && value.type === DURATION) return Number(nanoseconds(value)) / 1e9;
  throw new CallError(`can't convert ${typeName(value)} to float`);
}

function parseFloatText(text: string): number {
  const digits = text.replace(/(?<=[\da-f])_(?=[\da-f])/giu, '');
  if (!FLOAT.test(digits)) throw new CallError(`strconv.ParseFloat: parsing ${quote(text)}: invalid syntax`);
  if (/^[+-]?nan$/iu.test(digits)) return Number.NaN;
  if (/^[+-]?inf/iu.test(digits)) return digits.startsWith('-') ? -Infinity : Infinity;
  const value = hexFloat(digits) ?? Number(digits);
  if (Number.isFinite(value)) return value;
  throw new CallError(`strconv.ParseFloat: parsing ${quote(text)}: value out of range`);
}

/** Divides, or multiplies, until the number is near one; the prefix says how often. */
function scaled(
  value: number,
  prefixes: readonly string[],
  factor: number,
  until: (size: number) => boolean,
) {
  let found = '';
  let rest = value;
  for (const prefix of prefixes) {
    if (until(Math.abs(rest))) break;
    found = prefix;
    rest /= factor;
  }
  return { rest, prefix: found };
}

/** A number of four digits with a metric prefix. */
export function humanize(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return short(value);
  const { rest, prefix } =
    Math.abs(value) >= 1
      ? scaled(value, LARGE, 1000, (size) => size < 1000)
      : scaled(value, SMALL, 1 / 1000, (size) => size >= 1);
  return short(rest) + prefix;
}

/** A number of four digits with a binary prefix. */
export function humanize1024(value: number): string {
  if (Math.abs(value) <= 1 || !Number.isFinite(value)) return short(value);
  const { rest, prefix } = scaled(value, BINARY, 1024, (size) => size < 1024);
  return short(rest) + prefix;
}

/** Seconds as days, hours, minutes and seconds, or as parts of a second. */
export function humanizeDuration(value: number): string {
  if (!Number.isFinite(value)) return short(value);
  if (value === 0) return `${short(value)}s`;
  if (Math.abs(value) < 1) {
    const { rest, prefix } = scaled(value, SMALL, 1 / 1000, (size) => size >= 1);
    return `${short(rest)}${prefix}s`;
  }
  return clockParts(value);
}

function clockParts(value: number): string {
  const sign = value < 0 ? '-' : '';
  const size = Math.abs(value);
  const whole = Math.trunc(size);
  const [days, hours] = [Math.floor(whole / 86_400), Math.floor(whole / 3600) % 24];
  const [minutes, seconds] = [Math.floor(whole / 60) % 60, whole % 60];
  if (days > 0) return `${sign}${days}d ${hours}h ${minutes}m ${seconds}s`;
  if (hours > 0) return `${sign}${hours}h ${minutes}m ${seconds}s`;
  return minutes > 0 ? `${sign}${minutes}m ${seconds}s` : `${sign}${short(size)}s`;
}

const LARGEST = 2 ** 63;

/** Seconds as nanoseconds, where 64 bits hold them. */
export function inNanoseconds(seconds: number, what: 'timestamp' | 'duration'): bigint {
  const value = seconds * 1e9;
  if (value > -LARGEST && value < LARGEST) return BigInt(Math.trunc(value));
  const shown = formatFloat(seconds, 'v', NO_FLAGS) ?? '';
  throw new CallError(`${shown} cannot be represented as a nanoseconds ${what} since it overflows int64`);
}

/** A time of seconds since 1970, to the millisecond. */
export function timeOfSeconds(seconds: number): GoTime {
  return new GoTime((inNanoseconds(seconds, 'timestamp') / 1_000_000n) * 1_000_000n);
}

function humanizeTimestamp(value: number): string {
  return Number.isFinite(value) ? timeText(timeOfSeconds(value)) : short(value);
}

/** A function of one number, in whatever form it comes. */
export function ofNumber(make: (value: number) => GoValue): GoFunction {
  return new GoFunction({ parameters: ['interface {}'] }, ([value]) => make(floatOf(value)));
}

export const HUMANIZE = {
  humanize: ofNumber(humanize),
  humanize1024: ofNumber(humanize1024),
  humanizeDuration: ofNumber(humanizeDuration),
  humanizePercentage: ofNumber((value) => `${short(value * 100)}%`),
  humanizeTimestamp: ofNumber(humanizeTimestamp),
} as const;
