/**
 * When a check is late. Source: Healthchecks' status machine (docs/healthchecks.md), plus two columns of
 * ours: `skew` moves stored instants after a step of the wall clock, `excused_until` holds deadlines back
 * that fell into the server's own downtime. Times are epoch milliseconds.
 */
import { next } from '@vigie/schedule';
import { type Check, type Status, type StoredStatus, scheduleOf } from './model.ts';

/** From when a ping is expected, by schedule alone; null = never. */
function scheduledStart(check: Check): number | null {
  if (check.status !== 'up' || check.last_ping === null) return null;
  return next(scheduleOf(check), check.last_ping + check.skew);
}

/** From when the grace time runs: the expected ping or the run in progress, whichever is first; null = never. */
export function graceStart(check: Check): number | null {
  const scheduled = scheduledStart(check);
  if (check.last_start === null || check.status === 'down') return scheduled;
  const started = check.last_start + check.skew;
  return scheduled === null ? started : Math.min(scheduled, started);
}

function deadline(check: Check, from: number): number {
  return Math.max(from + check.grace * 1000, check.excused_until ?? 0);
}

/** The instant the check goes down if nothing more arrives; null = never. */
export function goingDownAfter(check: Check): number | null {
  const from = graceStart(check);
  return from === null ? null : deadline(check, from);
}

/** The deadline as people know it: none while down. The column adds what policies wait for (wake.ts). */
export function alertAfter(check: Check): number | null {
  return check.status === 'down' ? null : goingDownAfter(check);
}

/** The status at `now`; `withStarted` tells a run in progress apart (API v1). */
export function statusAt(check: Check, now: number, withStarted = false): Status {
  if (check.last_start !== null) {
    if (now >= deadline(check, check.last_start + check.skew)) return 'down';
    if (withStarted) return 'started';
  }
  if (check.status !== 'up') return check.status as StoredStatus;
  const from = scheduledStart(check);
  if (from === null || now < from) return 'up';
  return now >= deadline(check, from) ? 'down' : 'grace';
}
