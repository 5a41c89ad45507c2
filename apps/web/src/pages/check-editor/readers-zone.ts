import { canonicalTimeZone } from '@vigie/schedule';

/** The time zone of the reader's device, by its canonical name. */
export function readersZone(): string {
  return canonicalTimeZone(Intl.DateTimeFormat().resolvedOptions().timeZone) ?? 'UTC';
}
