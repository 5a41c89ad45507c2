/** When a check is next to be looked at without a ping: its deadline, and what its policies add to that. */
import { next } from '@vigie/schedule';
import { type Check, scheduleOf } from './model.ts';
import { isDamped } from './outcomes.ts';
import { isBreached, policiesOf } from './policies.ts';
import { alertAfter } from './status.ts';

/**
 * The value of the column `alert_after`, epoch ms; null = never. `from`: the instant up to which missed runs of a
 * check that is down are dealt with.
 */
export function wakeAfter(check: Check, from: number): number | null {
  const deadline = alertAfter(check);
  if (check.policies === '') return deadline;
  const late = isDamped(check) ? missedAfter(check, from) : deadline;
  const limit = runLimit(check);
  if (late === null || limit === null) return late ?? limit;
  return Math.min(late, limit);
}

/** When the run in progress will have gone on for too long; null = no such policy, or told already. */
export function runLimit(check: Check): number | null {
  const { longest_run: most } = policiesOf(check);
  if (most === undefined || check.last_start === null || isBreached(check, 'RunTooLong')) return null;
  // What ended while nobody was there to hear of it was not too long.
  return Math.max(check.last_start + check.skew + most * 1000, check.excused_until ?? 0);
}

/** When the next run after `from` counts as missed, for a check that is down. */
export function missedAfter(check: Check, from: number): number | null {
  const expected = expectedAfter(check, from - check.grace * 1000);
  return expected === null ? null : Math.max(expected + check.grace * 1000, check.excused_until ?? 0);
}

/** The first time after `from` at which a ping is expected, were each one since the last missed. */
function expectedAfter(check: Check, from: number): number | null {
  // Without any success or failure so far, a period has no beginning: any will do.
  const last = check.last_ping === null ? 0 : check.last_ping + check.skew;
  const schedule = scheduleOf(check);
  if (schedule.kind !== 'simple') return next(schedule, Math.max(from, last));
  const period = schedule.timeout * 1000;
  return last + period * Math.max(1, Math.floor((from - last) / period) + 1);
}
