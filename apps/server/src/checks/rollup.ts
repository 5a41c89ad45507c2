/** Hourly and daily sums of a check, kept in its own state row until the hour is over. UTC. */
import type { RollupRow } from '../store/schema.ts';
import type { Check, PingKind } from './model.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** Hours closed one by one after a silence; a longer one is closed as a whole (no check is down for 400 days). */
const LONGEST_SILENCE_HOURS = 400 * 24;

const COUNTER = {
  success: 'successes',
  fail: 'failures',
  start: 'starts',
  log: 'logs',
  ign: 'ignored',
} as const satisfies Record<PingKind, keyof Check>;

export function hourOf(at: number): number {
  return at - (at % HOUR);
}

/** Counts one ping; the hour must have been rolled to the ping's before. */
export function countPing(check: Check, kind: PingKind, duration: number | null): void {
  check[COUNTER[kind]] += 1;
  if (duration === null) return;
  check.runs += 1;
  check.duration_sum += duration;
  check.duration_max = Math.max(check.duration_max, duration);
}

/**
 * Moves the check's counters to the hour of `at` and returns the rows of the hours it closed, hour and day
 * form each. Time moving backwards changes nothing.
 */
export function rollTo(check: Check, at: number): RollupRow[] {
  const hour = hourOf(at);
  if (hour <= check.hour) return [];
  const rows: RollupRow[] = [];
  if (check.hour !== 0) {
    const first = Math.max(check.hour, hour - LONGEST_SILENCE_HOURS * HOUR);
    for (let start = first; start < hour; start += HOUR) {
      closeHour(check, start, rows);
      if (check.down_since === null) break;
    }
  }
  check.hour = hour;
  return rows;
}

function closeHour(check: Check, start: number, rows: RollupRow[]): void {
  countDown(check, start, start + HOUR);
  if (hasContent(check)) {
    rows.push(rollupRow(check, 'h', start), rollupRow(check, 'd', start - (start % DAY)));
  }
  clearCounters(check);
}

/** Adds the time down from `hour`, at which the hour began that is counted, until `until`; once for each outage of it. */
export function countDown(check: Check, hour: number, until: number): void {
  if (check.down_since === null) return;
  check.down_ms += Math.max(0, until - Math.max(check.down_since, hour));
}

function hasContent(check: Check): boolean {
  return (
    check.successes + check.failures + check.starts + check.logs + check.ignored > 0 || check.down_ms > 0
  );
}

function rollupRow(check: Check, period: 'h' | 'd', start: number): RollupRow {
  return {
    check_id: check.check_id,
    period,
    start_at: start,
    successes: check.successes,
    failures: check.failures,
    starts: check.starts,
    logs: check.logs,
    ignored: check.ignored,
    runs: check.runs,
    duration_sum: check.duration_sum,
    duration_max: check.duration_max,
    down_ms: check.down_ms,
  };
}

export function clearCounters(check: Check): void {
  check.successes = check.failures = check.starts = check.logs = check.ignored = 0;
  check.runs = check.duration_sum = check.duration_max = check.down_ms = 0;
}
