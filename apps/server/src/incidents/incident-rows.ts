import type { IncidentRow } from '../store/schema.ts';
import type { Tx } from '../store/tx.ts';

/** An incident as its row holds it. Times are epoch milliseconds. */
export type Incident = IncidentRow;

type Opening = Pick<
  Incident,
  'project_id' | 'title' | 'severity' | 'started_at' | 'detected_at' | 'acknowledged_at' | 'acknowledged_by'
>;

/** Characters of a title. */
const TITLE_LENGTH = 300;

export async function insertIncident(tx: Tx, opening: Opening): Promise<Incident> {
  return tx.db
    .insertInto('incidents')
    .values({
      ...opening,
      title: opening.title.slice(0, TITLE_LENGTH).toWellFormed(),
      code: tx.newId(),
      resolved_at: null,
      updated_at: tx.at,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Writes what may change while an incident is open and others join it. */
export async function saveIncident(
  tx: Tx,
  { id, severity, started_at, acknowledged_at, acknowledged_by, updated_at }: Incident,
): Promise<void> {
  await tx.db
    .updateTable('incidents')
    .set({ severity, started_at, acknowledged_at, acknowledged_by, updated_at })
    .where('id', '=', id)
    .execute();
}

/** From bad to good. */
const ORDER = ['critical', 'error', 'warning', 'info'];

/** The worse of two severities. */
export function worseOf(one: string, other: string): string {
  return ORDER.indexOf(other) < ORDER.indexOf(one) ? other : one;
}
