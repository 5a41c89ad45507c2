import { CallError } from '../template-error.ts';
import { intOf, textOf } from '../values/argument.ts';
import { GoFunction } from '../values/function.ts';
import type { GoType } from '../values/go-type.ts';
import { GoNamed, GoStruct, type GoValue } from '../values/value.ts';
import { getter, goDuration, nanoseconds, SECOND } from './duration.ts';
import { type Clock, formatTime, MONTHS, WEEKDAYS } from './layout.ts';
import { UTC, type Zone } from './zone.ts';

const MILLISECOND = 1_000_000n;
/** The year 1, Go's time that is none. */
const ZERO = -62_135_596_800n * SECOND;
const LARGEST_DURATION = 2n ** 63n - 1n;
/** How Go writes a time by itself. */
const LAYOUT = '2006-01-02 15:04:05.999999999 -0700 MST';
/** The days of any century: bounds what `AddDate` may add. */
const MOST_ADDED = 1_000_000n;

/** An instant, and the zone in which it is shown. */
export class GoTime extends GoStruct {
  /** Nanoseconds since 1970. */
  readonly instant: bigint;
  readonly zone: Zone;

  constructor(instant: bigint, zone: Zone = UTC) {
    super(TIME, new Map());
    this.instant = instant;
    this.zone = zone;
  }
}

/** A time of JavaScript's milliseconds. */
export function goTime(milliseconds: number, zone: Zone = UTC): GoTime {
  return new GoTime(BigInt(Math.round(milliseconds)) * MILLISECOND, zone);
}

/** The argument that the signature says is a time. */
export function timeOf(value: GoValue): GoTime {
  if (value instanceof GoTime) return value;
  throw new CallError('value should be time.Time');
}

/** What the clocks of a time's zone show. */
export function clockOf({ instant, zone }: GoTime): Clock {
  const milliseconds = Number(floorDivide(instant, MILLISECOND));
  const { seconds, name } = zone.at(milliseconds);
  const date = new Date(milliseconds + seconds * 1000);
  if (Number.isNaN(date.getTime())) throw new CallError('time is out of range');
  const newYear = new Date(0);
  newYear.setUTCFullYear(date.getUTCFullYear(), 0, 1);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
    yearDay: Math.floor((date.getTime() - newYear.getTime()) / 86_400_000) + 1,
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    nanosecond: Number(instant - floorDivide(instant, SECOND) * SECOND),
    offset: seconds,
    zone: name,
  };
}

/** The instant that a zone's clocks show; where they show it twice or never, the offset before the change holds. */
export function instantOf(year: number, month: number, day: number, inDay: bigint, zone: Zone): bigint {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (Number.isNaN(date.getTime())) throw new CallError('time is out of range');
  const local = BigInt(date.getTime()) * MILLISECOND + inDay;
  const guess = zone.at(Number(local / MILLISECOND)).seconds;
  const found = local - BigInt(guess) * SECOND;
  const real = zone.at(Number(found / MILLISECOND)).seconds;
  return local - BigInt(real) * SECOND;
}

export function timeText(time: GoTime): string {
  return formatTime(clockOf(time), LAYOUT);
}

function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}

function named(name: string, names: readonly string[], first: number): GoType<GoNamed> {
  const text = ({ value }: GoNamed): string => names[Number(value) - first] ?? `%!${name.slice(5)}(${value})`;
  return { name, text, methods: { String: (value) => getter(() => text(value)) } };
}

export const MONTH = named('time.Month', MONTHS, 1);
const WEEKDAY = named('time.Weekday', WEEKDAYS, 0);

function field(read: (clock: Clock) => number): (value: GoStruct) => GoFunction {
  return (value) => getter(() => BigInt(read(clockOf(timeOf(value)))));
}

function comparison(holds: (a: bigint, b: bigint) => boolean): (value: GoStruct) => GoFunction {
  return (value) =>
    new GoFunction({ parameters: ['time.Time'] }, ([other]) =>
      holds(timeOf(value).instant, timeOf(other).instant),
    );
}

function unix(unit: bigint): (value: GoStruct) => GoFunction {
  return (value) => getter(() => floorDivide(timeOf(value).instant, unit));
}

/** How far one time is behind another; no duration is longer than 292 years. */
export function between(later: GoTime, earlier: GoTime): bigint {
  const difference = later.instant - earlier.instant;
  if (difference > LARGEST_DURATION) return LARGEST_DURATION;
  return difference < -LARGEST_DURATION - 1n ? -LARGEST_DURATION - 1n : difference;
}

function added(time: GoTime, counts: readonly GoValue[]): GoTime {
  const [years = 0, months = 0, days = 0] = counts.map((count) => {
    const value = intOf(count);
    if (value > MOST_ADDED || value < -MOST_ADDED) throw new CallError('time is out of range');
    return Number(value);
  });
  const clock = clockOf(time);
  const inDay =
    BigInt((clock.hour * 60 + clock.minute) * 60 + clock.second) * SECOND + BigInt(clock.nanosecond);
  const { zone } = time;
  return new GoTime(instantOf(clock.year + years, clock.month + months, clock.day + days, inDay, zone), zone);
}

/** `time.Time`, with the methods that a template can use. */
export const TIME: GoType<GoStruct> = {
  name: 'time.Time',
  text: (value) => timeText(timeOf(value)),
  methods: {
    String: (value) => getter(() => timeText(timeOf(value))),
    Format: (value) =>
      new GoFunction({ parameters: ['string'] }, ([layout]) =>
        formatTime(clockOf(timeOf(value)), textOf(layout)),
      ),
    UTC: (value) => getter(() => new GoTime(timeOf(value).instant)),
    Unix: unix(SECOND),
    UnixMilli: unix(MILLISECOND),
    UnixMicro: unix(1000n),
    UnixNano: unix(1n),
    IsZero: (value) => getter(() => timeOf(value).instant === ZERO),
    Add: (value) =>
      new GoFunction({ parameters: ['time.Duration'] }, ([duration]) => {
        const { instant, zone } = timeOf(value);
        return new GoTime(instant + nanoseconds(duration), zone);
      }),
    AddDate: (value) =>
      new GoFunction({ parameters: ['int', 'int', 'int'] }, (counts) => added(timeOf(value), counts)),
    Sub: (value) =>
      new GoFunction({ parameters: ['time.Time'] }, ([other]) =>
        goDuration(between(timeOf(value), timeOf(other))),
      ),
    Before: comparison((a, b) => a < b),
    After: comparison((a, b) => a > b),
    Equal: comparison((a, b) => a === b),
    Year: field(({ year }) => year),
    Day: field(({ day }) => day),
    YearDay: field(({ yearDay }) => yearDay),
    Hour: field(({ hour }) => hour),
    Minute: field(({ minute }) => minute),
    Second: field(({ second }) => second),
    Nanosecond: field(({ nanosecond }) => nanosecond),
    Month: (value) => getter(() => new GoNamed(MONTH, BigInt(clockOf(timeOf(value)).month))),
    Weekday: (value) => getter(() => new GoNamed(WEEKDAY, BigInt(clockOf(timeOf(value)).weekday))),
  },
};
