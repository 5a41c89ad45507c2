import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';
import { pingDurations, type RunPing } from './ping-durations.ts';
import { startBefore } from './run-start.ts';

/** The durations in milliseconds of the runs that a page of pings ended, by number; the page is newest first. */
export function shownDurations(
  db: Kysely<Database>,
  pings: readonly RunPing[],
): Promise<Map<number, number>> {
  return pingDurations(pings, (ping) => startBefore(db, ping));
}
