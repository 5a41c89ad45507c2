import type { Schedule } from '@vigie/schedule';
import type { LeanCheck } from '../store/lean-check.ts';
import type { CheckRow } from '../store/schema.ts';
import type { BreachName } from './policies.ts';

/** A check's rules with its state: what the reducer works on. */
export type Check = LeanCheck;

/** Stored statuses. `grace` and `started` are computed from the clock. */
export type StoredStatus = 'new' | 'up' | 'down' | 'paused';
export type Status = StoredStatus | 'grace' | 'started';

/** What a ping reports. */
export type Action = 'success' | 'start' | 'fail' | 'log';
/** What is stored: an action, or `ign` for a ping that was recorded and not counted. */
export type PingKind = Action | 'ign';

export type FlipReason = '' | 'timeout' | 'fail';

/** A recorded change of the stored status. */
export interface Flip {
  id: string;
  check_id: number;
  created_at: number;
  old_status: StoredStatus;
  new_status: StoredStatus;
  reason: FlipReason;
}

/** How bad an alert is. */
export type Severity = 'critical' | 'error' | 'warning' | 'info';

/** A flip somebody has to be told about, with the check as it is after it. */
export interface AnnouncedFlip {
  what: 'flip';
  flip: Flip;
  check: Check;
  /** Why a policy keeps it from being an alert so far; null = none does. */
  damped: string | null;
}

/** A check that is down without an alert, looked at once more: `damped` null = now it is one. */
export interface AnnouncedOutcome {
  what: 'outcome';
  at: number;
  damped: string | null;
  check: Check;
}

/** A policy about runs is broken, or kept again. */
export interface AnnouncedBreach {
  what: 'breach';
  name: BreachName;
  isOn: boolean;
  at: number;
  /** Milliseconds, where something was measured. */
  measured: number | null;
  check: Check;
  /** Why nobody is told of its end. */
  quiet?: string;
}

/** What alerts are made of, each with the check as it is after it. */
export type Announced = AnnouncedFlip | AnnouncedOutcome | AnnouncedBreach;

/** Seconds: a day, and the hour of patience after it. */
export const DEFAULT_TIMEOUT = 86_400;
export const DEFAULT_GRACE = 3_600;
/** Seconds, both ends included: the Healthchecks API keeps a minute, the native one goes down to 5 s. */
export const SHORTEST_PERIOD = 5;
export const HEALTHCHECKS_SHORTEST_PERIOD = 60;
export const LONGEST_PERIOD = 31_536_000;
/** Milliseconds: a longer run is not shown as a duration (72 h). */
export const LONGEST_DURATION = 72 * 3_600_000;

/** The schedule a check keeps, in the calculator's form. */
export function scheduleOf(check: Pick<CheckRow, 'kind' | 'timeout' | 'schedule' | 'time_zone'>): Schedule {
  if (check.kind === 'simple') return { kind: 'simple', timeout: check.timeout };
  const kind = check.kind === 'cron' ? 'cron' : 'oncalendar';
  return { kind, expression: check.schedule, timeZone: check.time_zone };
}
