import type { CalendarSpec } from './calendar-spec.ts';
import { consecutiveRuns, stepOf } from './listing.ts';

/** From one time of day to another, both occurrences themselves, in seconds since midnight. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

/** How the times of a day are best told. */
export type TimeShape =
  /** At these seconds since midnight. */
  | { readonly kind: 'at'; readonly times: readonly number[] }
  /** Every so many units; all day, from `offset` seconds into the next larger unit, or within windows. */
  | {
      readonly kind: 'every';
      readonly unit: TimeUnit;
      readonly step: number;
      readonly offset: number;
      readonly windows: readonly TimeWindow[];
    }
  /** By what seconds, minutes and hours are allowed. */
  | { readonly kind: 'fields'; readonly seconds: Field; readonly minutes: Field; readonly hours: Field };

export type TimeUnit = 'second' | 'minute' | 'hour';

/** The values of one field; `every` is the step when they go evenly round the whole of it. */
export interface Field {
  readonly values: readonly number[];
  readonly every: number | null;
}

type Times = Pick<CalendarSpec, 'seconds' | 'minutes' | 'hours'>;

/** Up to this many times a day are listed rather than told as a rhythm. */
const FEW_TIMES = 4;
/** Without a rhythm, up to this many are listed. */
const MANY_TIMES = 12;
/** More separate stretches of hours than this are told hour by hour. */
const MAX_WINDOWS = 3;

export function timeShape(times: Times): TimeShape {
  const count = times.seconds.length * times.minutes.length * times.hours.length;
  const every = count > FEW_TIMES ? rhythm(times) : null;
  if (every !== null) return every;
  if (count <= MANY_TIMES) return { kind: 'at', times: timesOfDay(times) };
  return {
    kind: 'fields',
    seconds: field(times.seconds, 60),
    minutes: field(times.minutes, 60),
    hours: field(times.hours, 24),
  };
}

function rhythm(times: Times): TimeShape | null {
  const seconds = field(times.seconds, 60);
  const minutes = field(times.minutes, 60);
  const hours = field(times.hours, 24);
  const offset = times.minutes[0]! * 60 + times.seconds[0]!;
  if (times.seconds.length > 1) {
    if (seconds.every === null || minutes.every !== 1) return null;
    return within('second', seconds.every, times.seconds[0]!, times);
  }
  if (times.minutes.length > 1) {
    if (minutes.every !== null) return within('minute', minutes.every, offset, times);
    const step = times.hours.length === 1 ? stepOf(times.minutes) : null;
    return step === null ? null : within('minute', step, offset, times);
  }
  if (hours.every !== null) {
    return {
      kind: 'every',
      unit: 'hour',
      step: hours.every,
      offset: times.hours[0]! * 3600 + offset,
      windows: [],
    };
  }
  const step = stepOf(times.hours);
  if (step === null) return null;
  const windows = [{ from: times.hours[0]! * 3600 + offset, to: times.hours.at(-1)! * 3600 + offset }];
  return { kind: 'every', unit: 'hour', step, offset, windows };
}

/** A rhythm finer than an hour: all day, or within the stretches of hours; null when those are too many. */
function within(unit: TimeUnit, step: number, offset: number, times: Times): TimeShape | null {
  if (times.hours.length === 24) return { kind: 'every', unit, step, offset, windows: [] };
  const runs = consecutiveRuns(times.hours);
  if (runs.length > MAX_WINDOWS) return null;
  const first = times.minutes[0]! * 60 + times.seconds[0]!;
  const last = times.minutes.at(-1)! * 60 + times.seconds.at(-1)!;
  const windows = runs.map(({ from, to }) => ({ from: from * 3600 + first, to: to * 3600 + last }));
  return { kind: 'every', unit, step, offset, windows };
}

function field(values: readonly number[], size: number): Field {
  const step = values.length === size ? 1 : stepOf(values);
  const even = step !== null && size % step === 0 && values.length === size / step;
  return { values, every: even ? step : null };
}

function timesOfDay({ hours, minutes, seconds }: Times): readonly number[] {
  return hours.flatMap((hour) =>
    minutes.flatMap((minute) => seconds.map((second) => hour * 3600 + minute * 60 + second)),
  );
}
