/** From the body of a call to the fields of a maintenance window. */
import type { WindowInput } from '@vigie/contract';
import type { WindowFields } from '../../alerts/windows.ts';
import { knownSchedule, knownZone } from '../../checks/known-schedule.ts';
import { AppError } from '../../errors.ts';

/** Milliseconds between the two instants of a window that opens once. */
const LONGEST = 366 * 86_400_000;

type Times = Pick<WindowFields, 'schedule' | 'duration' | 'time_zone' | 'starts_at' | 'ends_at'>;

/**
 * The fields that a body sets; what it leaves out is as in a new one.
 * @throws AppError `invalid`, naming the field.
 */
export function windowFields(
  body: WindowInput,
  caller: { author: string; timeZone: string; now: number },
): WindowFields {
  return {
    name: body.name,
    tags: JSON.stringify([...new Set(body.tags)]),
    environments: JSON.stringify([...new Set(body.environments)]),
    ...timesOf(body, caller),
    author: body.author ?? caller.author,
    comment: body.comment ?? '',
    disabled: body.disabled === true ? 1 : 0,
  };
}

function timesOf(body: WindowInput, { timeZone, now }: { timeZone: string; now: number }): Times {
  const starts_at = readInstant(body.starts_at);
  const ends_at = readInstant(body.ends_at);
  if (starts_at !== null && ends_at !== null && ends_at <= starts_at) {
    throw refused('ends_at', 'is not after starts_at');
  }
  if (ends_at !== null && ends_at <= now) throw refused('ends_at', 'is in the past');
  const schedule = body.schedule ?? null;
  if (schedule === null)
    return { ...once(body, starts_at, ends_at), schedule: '', duration: 0, time_zone: '' };
  const duration = body.duration ?? null;
  if (duration === null) throw refused('duration', 'is missing: a schedule needs one');
  const zone = knownZone(body.time_zone ?? timeZone);
  if (knownSchedule(schedule, zone).kind !== 'cron') throw refused('schedule', 'is not a cron expression');
  return { schedule, duration, time_zone: zone, starts_at, ends_at };
}

function once(body: WindowInput, starts_at: number | null, ends_at: number | null) {
  for (const field of ['duration', 'time_zone'] as const) {
    if ((body[field] ?? null) !== null) throw refused(field, 'goes with a schedule only');
  }
  if (starts_at === null) throw refused('starts_at', 'is missing, and so is a schedule');
  if (ends_at === null) throw refused('ends_at', 'is missing, and so is a schedule');
  if (ends_at - starts_at > LONGEST) throw refused('ends_at', 'is more than a year after starts_at');
  return { starts_at, ends_at };
}

function readInstant(given: string | null | undefined): number | null {
  return given === null || given === undefined ? null : Date.parse(given);
}

function refused(field: string, message: string): AppError {
  return new AppError('invalid', `${field} ${message}`, { field });
}
