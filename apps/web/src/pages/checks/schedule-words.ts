import type { Check } from '@vigie/contract';
import { describe, parseSchedule } from '@vigie/schedule';
import type { Language } from '../../i18n/messages.ts';

/** Texts that are kept: lists show the same ones again and again. */
const KEPT = 1_000;
const kept = new Map<string, string>();

/** When a check is expected, in words. */
export function scheduleWords(
  check: Pick<Check, 'kind' | 'timeout' | 'schedule' | 'time_zone'>,
  language: Language,
): string {
  const { timeout, schedule, time_zone: zone } = check;
  const key = `${language} ${timeout} ${schedule} ${zone}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const text =
    schedule === null || zone === null
      ? describe({ kind: 'simple', timeout: timeout ?? 0 }, language)
      : calendarWords(schedule, zone, language);
  if (kept.size >= KEPT) kept.clear();
  kept.set(key, text);
  return text;
}

/** What these pages cannot read, because the server is newer, is shown as it was written. */
function calendarWords(schedule: string, zone: string, language: Language): string {
  try {
    return describe(parseSchedule(schedule, zone), language);
  } catch {
    return schedule;
  }
}
