/** Schedules and zones as somebody wrote them. */
import { canonicalTimeZone, parseSchedule, type Schedule, ScheduleError, TIME_ZONES } from '@vigie/schedule';
import { closest } from '../config/closest.ts';
import { AppError } from '../errors.ts';

/** A cron or OnCalendar schedule. @throws AppError `invalid` with the calculator's reason. */
export function knownSchedule(expression: string, timeZone: string): Schedule {
  try {
    return parseSchedule(expression, timeZone);
  } catch (error) {
    if (!(error instanceof ScheduleError)) throw error;
    throw new AppError('invalid', `schedule is not valid: ${error.message}`, { field: 'schedule' });
  }
}

/** The canonical name of a zone. @throws AppError `invalid`. */
export function knownZone(name: string): string {
  const zone = canonicalTimeZone(name);
  if (zone !== null) return zone;
  const message = `time_zone ${JSON.stringify(name)} is not a known IANA name${closest(name, TIME_ZONES)}`;
  throw new AppError('invalid', message, { field: 'time_zone' });
}
