import { type CalendarPattern, firstMatchFrom, lastMatchUntil } from './calendar-pattern.ts';
import type { ZoneOffsets } from './zone-offsets.ts';

/**
 * What daylight saving time does to a schedule.
 * - `shift`: a time that the clock jumps over happens at the first instant after the jump; a time that comes
 *   twice happens once, the first time (Debian cron, jobs at fixed times).
 * - `skip`: a time that the clock jumps over does not happen; one that comes twice happens the first time only
 *   (OnCalendar as Healthchecks evaluates it).
 * - `elapsed`: occurrences follow real time: none in the gap, both copies of a repeated hour (Debian cron, jobs
 *   whose minute or hour starts with `*`).
 */
export type DstRule = 'shift' | 'skip' | 'elapsed';

/**
 * An expression that has met this many gaps in a row and nothing else aims at the gap itself (the last Sunday
 * of March, 02:30, in Paris) and would do so in each year to come.
 */
const MAX_GAPS = 50;

/** The first occurrence later than `after`, both in whole UTC seconds; null when there is none. */
export function nextOccurrence(
  pattern: CalendarPattern,
  zone: ZoneOffsets,
  rule: DstRule,
  after: number,
): number | null {
  return rule === 'elapsed' ? nextElapsed(pattern, zone, after) : nextOnce(pattern, zone, rule, after);
}

/** The last occurrence earlier than `before`, both in whole UTC seconds; null when there is none. */
export function previousOccurrence(
  pattern: CalendarPattern,
  zone: ZoneOffsets,
  rule: DstRule,
  before: number,
): number | null {
  return rule === 'elapsed'
    ? previousElapsed(pattern, zone, before)
    : previousOnce(pattern, zone, rule, before);
}

function nextOnce(pattern: CalendarPattern, zone: ZoneOffsets, rule: DstRule, after: number): number | null {
  const { start, offset, previousOffset } = zone.segmentAt(after);
  // In the second copy of a repeated hour its times have all happened already, in the first copy: go on behind
  // it. cronsim and oncalendar answer here with a time up to an hour in the past; a deadline must lie ahead.
  let wall = Math.max(after + offset + 1, start + previousOffset);
  for (let gaps = 0; gaps < MAX_GAPS; gaps += 1) {
    const match = firstMatchFrom(pattern, wall);
    if (match === null) return null;
    const instants = zone.instantsOf(match);
    if (instants.exists) return instants.first;
    if (rule === 'shift') return instants.gap;
    wall = instants.to;
  }
  return null;
}

function previousOnce(
  pattern: CalendarPattern,
  zone: ZoneOffsets,
  rule: DstRule,
  before: number,
): number | null {
  const { start, offset, previousOffset } = zone.segmentAt(before - 1);
  // All times of a repeated hour happened in its first copy, also those the second copy has yet to show.
  let wall = Math.max(before - 1 + offset, start + previousOffset - 1);
  for (let gaps = 0; gaps < MAX_GAPS; gaps += 1) {
    const match = lastMatchUntil(pattern, wall);
    if (match === null) return null;
    const instants = zone.instantsOf(match);
    if (instants.exists) return instants.first;
    if (rule === 'shift') return instants.gap;
    wall = instants.from - 1;
  }
  return null;
}

function nextElapsed(pattern: CalendarPattern, zone: ZoneOffsets, after: number): number | null {
  let utc = after + 1;
  for (let gaps = 0; gaps < MAX_GAPS; gaps += 1) {
    const { end, offset, nextOffset } = zone.segmentAt(utc);
    const wall = utc + offset;
    const match = firstMatchFrom(pattern, wall);
    if (match !== null && match - offset < end) return match - offset;
    if (end + nextOffset < wall) {
      // The clock will be put back to before `wall`: the repeated times before it may match.
      utc = end;
      continue;
    }
    if (match === null) return null;
    const instants = zone.instantsOf(match);
    if (instants.exists) return instants.first;
    utc = instants.gap;
  }
  return null;
}

function previousElapsed(pattern: CalendarPattern, zone: ZoneOffsets, before: number): number | null {
  let utc = before - 1;
  for (let gaps = 0; gaps < MAX_GAPS; gaps += 1) {
    const { start, offset, previousOffset } = zone.segmentAt(utc);
    const wall = utc + offset;
    const match = lastMatchUntil(pattern, wall);
    if (match !== null && match - offset >= start) return match - offset;
    if (start + previousOffset - 1 > wall) {
      // `utc` is in the second copy of a repeated hour: its first copy reached later wall-clock times.
      utc = start - 1;
      continue;
    }
    if (match === null) return null;
    const instants = zone.instantsOf(match);
    if (instants.exists) return instants.last;
    utc = instants.gap - 1;
  }
  return null;
}
