import { canonicalTimeZone, parseSchedule, type Schedule, ScheduleError } from '@vigie/schedule';
import type { ScheduleDraft } from './draft.ts';

/** A schedule as it is written now: usable, or why not. */
export type ScheduleReading =
  | { schedule: Schedule }
  | { schedule: null; wrong: 'empty' | 'zone' | 'notCron' | 'notCalendar' }
  | { schedule: null; wrong: 'expression'; reason: string };

/** Reads a schedule while it is written. Never throws: what is wrong is said. */
export function readSchedule(draft: ScheduleDraft): ScheduleReading {
  const { kind, timeout, timeZone } = draft;
  if (kind === 'simple') {
    return timeout > 0 ? { schedule: { kind, timeout } } : { schedule: null, wrong: 'empty' };
  }
  const expression = draft[kind].trim();
  if (expression === '') return { schedule: null, wrong: 'empty' };
  if (canonicalTimeZone(timeZone) === null) return { schedule: null, wrong: 'zone' };
  try {
    const schedule = parseSchedule(expression, timeZone);
    if (schedule.kind === kind) return { schedule };
    return { schedule: null, wrong: kind === 'cron' ? 'notCron' : 'notCalendar' };
  } catch (error) {
    if (!(error instanceof ScheduleError)) throw error;
    return { schedule: null, wrong: 'expression', reason: error.message };
  }
}
