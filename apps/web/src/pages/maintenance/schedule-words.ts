import { describe, parseSchedule, ScheduleError } from '@vigie/schedule';
import type { Language } from '../../i18n/messages.ts';

/** A schedule in words; null when it is none. */
export function scheduleWords(expression: string, timeZone: string, language: Language): string | null {
  try {
    return describe(parseSchedule(expression, timeZone), language);
  } catch (error) {
    if (error instanceof ScheduleError) return null;
    throw error;
  }
}
