import { BoundedCache } from './bounded-cache.ts';
import { ScheduleError } from './schedule-error.ts';

/** A stretch of time with one UTC offset. All instants and offsets are in seconds. */
export interface OffsetSegment {
  /** First instant: a transition, or as far back as is known. */
  readonly start: number;
  /** First instant after it: a transition, or as far as is known. */
  readonly end: number;
  /** Seconds to add to UTC to get wall-clock time. */
  readonly offset: number;
  /** The offset before `start`; equal to `offset` where `start` is no transition. */
  readonly previousOffset: number;
  /** The offset from `end` on; equal to `offset` where `end` is no transition. */
  readonly nextOffset: number;
}

/** What a wall-clock time is in UTC seconds. */
export type Instants =
  | { readonly exists: true; readonly first: number; readonly last: number }
  /** The clock jumped over it at `gap`, when wall clocks went from `from` to `to`. */
  | { readonly exists: false; readonly gap: number; readonly from: number; readonly to: number };

/** About 97 days: small enough to build in well under a millisecond, large enough that few are needed. */
const CHUNK_SECONDS = 2 ** 23;
/** Each chunk also knows its surroundings, so that one chunk can answer for any wall-clock time in it. */
const MARGIN_SECONDS = 2 * 86_400;
/** Since 1970 no zone has changed its offset twice within 7 days (tzdata 2026c), so no change hides in 6. */
const PROBE_SECONDS = 6 * 86_400;
/** 128 chunks at most are 34 years of one zone. */
const CHUNKS_PER_ZONE = 64;
/** A DateTimeFormat holds tens of kilobytes and takes 0.1 ms to make. */
const FORMATTERS = 16;
const DAY_SECONDS = 86_400;

/** Zones that need no asking; Intl takes some 20 ms when a process first uses it. */
const UTC_NAMES = new Set(['UTC', 'Etc/UTC', 'GMT', 'Etc/GMT']);

/** The offset at a UTC instant, both in seconds. */
type OffsetAt = (utc: number) => number;

const lookups = new BoundedCache<OffsetAt>(FORMATTERS);
const zones = new Map<string, ZoneOffsets>();

/**
 * The offsets of a time zone by its canonical name.
 * @throws ScheduleError when this runtime's time zone data lacks it.
 */
export function zoneOffsets(name: string): ZoneOffsets {
  let zone = zones.get(name);
  if (zone === undefined) {
    zone = new ZoneOffsets(name);
    zones.set(name, zone);
  }
  return zone;
}

/**
 * Converts between UTC and the wall clock of one zone. Intl is asked only when a chunk of time is seen for the
 * first time; afterwards a conversion is a comparison and an addition.
 */
export class ZoneOffsets {
  readonly #name: string;
  readonly #chunks = new BoundedCache<readonly OffsetSegment[]>(CHUNKS_PER_ZONE);
  #recent: OffsetSegment;
  // A segment answers only for its own chunk: past the chunk's margin a transition may wait unseen.
  #recentFrom = 0;
  #recentTo = 0;

  constructor(name: string) {
    this.#name = name;
    this.#recent = this.#find(0);
  }

  /** The stretch of constant offset around a UTC instant, as far as it is known without looking further. */
  segmentAt(utc: number): OffsetSegment {
    if (utc < this.#recentFrom || utc >= this.#recentTo) this.#recent = this.#find(utc);
    return this.#recent;
  }

  /** The UTC instants at which wall clocks show `wall` (seconds since 1970-01-01 00:00 on that clock). */
  instantsOf(wall: number): Instants {
    const segment = this.segmentAt(wall);
    const { start, end, offset, previousOffset, nextOffset } = segment;
    const utc = wall - offset;
    const before = wall - previousOffset;
    const after = wall - nextOffset;
    if (utc < start) {
      if (before < start) return { exists: true, first: before, last: before };
      return { exists: false, gap: start, from: start + previousOffset, to: start + offset };
    }
    if (utc >= end) {
      if (after >= end) return { exists: true, first: after, last: after };
      return { exists: false, gap: end, from: end + offset, to: end + nextOffset };
    }
    return { exists: true, first: before < start ? before : utc, last: after >= end ? after : utc };
  }

  #find(utc: number): OffsetSegment {
    const index = Math.floor(utc / CHUNK_SECONDS);
    const segments = this.#chunks.get(String(index), () => segmentsOfChunk(this.#name, index));
    const segment = segments.find(({ end }) => utc < end)!;
    this.#recentFrom = Math.max(segment.start, index * CHUNK_SECONDS);
    this.#recentTo = Math.min(segment.end, (index + 1) * CHUNK_SECONDS);
    return segment;
  }
}

function segmentsOfChunk(zone: string, index: number): OffsetSegment[] {
  const offsetAt = lookups.get(zone, createLookup);
  const from = index * CHUNK_SECONDS - MARGIN_SECONDS;
  const to = (index + 1) * CHUNK_SECONDS + MARGIN_SECONDS;
  const segments: OffsetSegment[] = [];
  let start = from;
  let previousOffset = offsetAt(from);
  let offset = previousOffset;
  for (let probe = from; probe < to; ) {
    const following = Math.min(probe + PROBE_SECONDS, to);
    const nextOffset = offsetAt(following);
    if (nextOffset !== offset) {
      const end = findTransition(offsetAt, probe, following, offset);
      segments.push({ start, end, offset, previousOffset, nextOffset });
      start = end;
      previousOffset = offset;
      offset = nextOffset;
    }
    probe = following;
  }
  segments.push({ start, end: to, offset, previousOffset, nextOffset: offset });
  return segments;
}

/** The first second after `low` whose offset is no longer `offset`, given that `high` has another one. */
function findTransition(offsetAt: OffsetAt, low: number, high: number, offset: number): number {
  let before = low;
  let after = high;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(middle) === offset) before = middle;
    else after = middle;
  }
  return after;
}

function createLookup(zone: string): OffsetAt {
  if (UTC_NAMES.has(zone)) return () => 0;
  const format = createFormatter(zone);
  return (utc) => intlOffset(format, utc);
}

function createFormatter(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new ScheduleError('time zone', `"${timeZone}" is not in the time zone data of this runtime`);
  }
}

function intlOffset(format: Intl.DateTimeFormat, utc: number): number {
  const parts = /(\d+)\D+(\d+)\D+(\d+)\D+(\d+)/.exec(format.format(utc * 1000));
  if (parts === null) throw new Error('BUG: Intl gave a date without day, hour, minute and second');
  const local = Number(parts[2]) * 3600 + Number(parts[3]) * 60 + Number(parts[4]);
  const days = Number(parts[1]) - new Date(utc * 1000).getUTCDate();
  // The day of the month alone tells the day: zones are at most a day off, so a larger step is a month's end.
  const dayStep = days > 1 ? -1 : days < -1 ? 1 : days;
  return local + dayStep * DAY_SECONDS - modulo(utc, DAY_SECONDS);
}

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
