import { GoFunction } from '../values/function.ts';
import type { GoType } from '../values/go-type.ts';
import { GoNamed, type GoValue } from '../values/value.ts';

const MICROSECOND = 1_000n;
const MILLISECOND = 1_000_000n;
export const SECOND = 1_000_000_000n;
const MINUTE = 60n * SECOND;
const HOUR = 60n * MINUTE;

/** A method without parameters. */
export function getter(get: () => GoValue): GoFunction {
  return new GoFunction({ parameters: [] }, get);
}

/** Nanoseconds, as Go's `time.Duration`. */
export const DURATION: GoType<GoNamed> = {
  name: 'time.Duration',
  text: (duration) => durationText(nanoseconds(duration)),
  methods: {
    String: (duration) => getter(() => durationText(nanoseconds(duration))),
    Nanoseconds: (duration) => getter(() => nanoseconds(duration)),
    Microseconds: (duration) => getter(() => nanoseconds(duration) / MICROSECOND),
    Milliseconds: (duration) => getter(() => nanoseconds(duration) / MILLISECOND),
    Seconds: (duration) => getter(() => inUnits(nanoseconds(duration), SECOND)),
    Minutes: (duration) => getter(() => inUnits(nanoseconds(duration), MINUTE)),
    Hours: (duration) => getter(() => inUnits(nanoseconds(duration), HOUR)),
    Abs: (duration) => getter(() => goDuration(absolute(nanoseconds(duration)))),
    Truncate: (duration) => rounding(duration, truncate),
    Round: (duration) => rounding(duration, round),
  },
};

/** A duration of so many nanoseconds. */
export function goDuration(value: bigint): GoNamed {
  return new GoNamed(DURATION, value);
}

/** The nanoseconds of what the signature says is a duration. */
export function nanoseconds(value: GoValue): bigint {
  return value instanceof GoNamed && typeof value.value === 'bigint' ? value.value : 0n;
}

function rounding(duration: GoNamed, to: (value: bigint, unit: bigint) => bigint): GoFunction {
  return new GoFunction({ parameters: ['time.Duration'] }, ([unit]) =>
    goDuration(to(nanoseconds(duration), nanoseconds(unit))),
  );
}

function truncate(value: bigint, unit: bigint): bigint {
  return unit <= 0n ? value : value - (value % unit);
}

/** Halves go away from zero. */
function round(value: bigint, unit: bigint): bigint {
  if (unit <= 0n) return value;
  const rest = absolute(value) % unit;
  const down = absolute(value) - rest;
  const size = rest * 2n < unit ? down : down + unit;
  return value < 0n ? -size : size;
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function inUnits(value: bigint, unit: bigint): number {
  return Number(value / unit) + Number(value % unit) / Number(unit);
}

/** A duration as Go writes it: `1h30m0.5s`, below a second in `ms`, `µs` or `ns`. */
export function durationText(value: bigint): string {
  if (value === 0n) return '0s';
  const sign = value < 0n ? '-' : '';
  const size = absolute(value);
  if (size < MICROSECOND) return `${sign}${size}ns`;
  if (size < MILLISECOND) return `${sign}${decimal(size, MICROSECOND)}µs`;
  if (size < SECOND) return `${sign}${decimal(size, MILLISECOND)}ms`;
  const seconds = `${decimal(size % MINUTE, SECOND)}s`;
  if (size < MINUTE) return sign + seconds;
  const minutes = `${(size / MINUTE) % 60n}m${seconds}`;
  return size < HOUR ? sign + minutes : `${sign}${size / HOUR}h${minutes}`;
}

function decimal(value: bigint, unit: bigint): string {
  const fraction = String(value % unit)
    .padStart(String(unit).length - 1, '0')
    .replace(/0+$/u, '');
  return fraction === '' ? String(value / unit) : `${value / unit}.${fraction}`;
}
