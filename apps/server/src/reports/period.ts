/** When reports are due and which time they are about: calendars in the reader's own time zone. */
import { canonicalTimeZone, nextOccurrences, parseSchedule, previous, type Schedule } from '@vigie/schedule';

export const PERIODS = ['daily', 'weekly', 'monthly'] as const;
export type Period = (typeof PERIODS)[number];

/** Whole days of a zone, from midnight to midnight. */
export interface Range {
  /** Epoch ms; `until` is not included. */
  from: number;
  until: number;
}

/** Cron: the mornings on which a report is due, and the midnights between which it counts. */
const CALENDAR: Record<Period, { due: string; begins: string }> = {
  daily: { due: '0 8 * * *', begins: '0 0 * * *' },
  weekly: { due: '0 8 * * 1', begins: '0 0 * * 1' },
  monthly: { due: '0 8 1 * *', begins: '0 0 1 * *' },
};

/** Milliseconds: no zone's day begins earlier before that of UTC; an hour more for a clock that jumps then. */
const EARLIEST_DAY = 15 * 3_600_000;

/** A stored name of a time zone; what is none any more is UTC. */
export function zoneOf(name: string): string {
  return canonicalTimeZone(name) ?? 'UTC';
}

/** When a report was due last, at `now` at the latest; epoch ms. */
export function lastDue(period: Period, zone: string, now: number): number {
  return before(parseSchedule(CALENDAR[period].due, zone), now + 1);
}

/** The whole day, week (from Monday) or month before a report that is due at `dueAt`. */
export function periodBefore(period: Period, zone: string, dueAt: number): Range {
  const begins = parseSchedule(CALENDAR[period].begins, zone);
  const until = before(begins, dueAt + 1);
  return { from: before(begins, until), until };
}

/** The period that begins with a local day, as `YYYY-MM-DD`; null = none begins then. */
export function periodFrom(period: Period, zone: string, day: string): Range | null {
  const begins = parseSchedule(CALENDAR[period].begins, zone);
  const found = nextOccurrences(begins, Date.parse(day) - EARLIEST_DAY, 3);
  const first = found.findIndex((at) => dayOf(zone, at) === day);
  const [from, until] = first < 0 ? [] : found.slice(first);
  return from === undefined || until === undefined ? null : { from, until };
}

/** The day of an instant in a zone, as `YYYY-MM-DD`. */
export function dayOf(zone: string, at: number): string {
  const parts = formatOf(zone).formatToParts(at);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** The format of the zone that was asked for last: to make one takes much longer than to use it. */
let latest: { zone: string; format: Intl.DateTimeFormat } | undefined;

function formatOf(zone: string): Intl.DateTimeFormat {
  if (latest?.zone !== zone) {
    const parts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
    latest = { zone, format: new Intl.DateTimeFormat('en', { timeZone: zone, ...parts }) };
  }
  return latest.format;
}

function before(schedule: Schedule, at: number): number {
  const found = previous(schedule, at);
  if (found === null) throw new Error('BUG: these calendars have no beginning');
  return found;
}
