/** Reading incidents. */
import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';

export interface IncidentFilter {
  projectId: number;
  code?: string | undefined;
  state?: 'open' | 'resolved' | undefined;
  /** Older than the incident of this id. */
  before?: number | undefined;
}

/** Incidents, newest first, each with the number of its alerts. */
export async function incidentsWhere(db: Kysely<Database>, filter: IncidentFilter, limit: number) {
  const { projectId, code, state, before } = filter;
  let query = db
    .selectFrom('incidents')
    .selectAll()
    .select((e) =>
      e
        .selectFrom('alerts')
        .select((a) => a.fn.countAll<number>().as('count'))
        .whereRef('alerts.incident_id', '=', 'incidents.id')
        .as('alerts'),
    )
    .where('project_id', '=', projectId);
  if (code !== undefined) query = query.where('code', '=', code);
  if (state !== undefined) query = query.where('resolved_at', state === 'open' ? 'is' : 'is not', null);
  if (before !== undefined) query = query.where('id', '<', before);
  return query.orderBy('id', 'desc').limit(limit).execute();
}

export type ListedIncident = Awaited<ReturnType<typeof incidentsWhere>>[number];

/** Means of the incidents detected in [from, until), in milliseconds; null = none to count. */
export interface IncidentMeans {
  count: number;
  acknowledged: number;
  resolved: number;
  timeToDetect: number | null;
  timeToAcknowledge: number | null;
  timeToResolve: number | null;
}

export async function incidentMeans(
  db: Kysely<Database>,
  projectId: number,
  { from, until }: { from: number; until: number },
): Promise<IncidentMeans> {
  const row = await db
    .selectFrom('incidents')
    .select((e) => [
      e.fn.countAll<number>().as('count'),
      e.fn.count<number>('acknowledged_at').as('acknowledged'),
      e.fn.count<number>('resolved_at').as('resolved'),
      e.fn.avg<number | null>(e('detected_at', '-', e.ref('started_at'))).as('timeToDetect'),
      e.fn.avg<number | null>(e('acknowledged_at', '-', e.ref('detected_at'))).as('timeToAcknowledge'),
      e.fn.avg<number | null>(e('resolved_at', '-', e.ref('started_at'))).as('timeToResolve'),
    ])
    .where('project_id', '=', projectId)
    .where('detected_at', '>=', from)
    .where('detected_at', '<', until)
    .executeTakeFirstOrThrow();
  // PostgreSQL gives means as text.
  const number = (value: number | null): number | null => (value === null ? null : Number(value));
  return {
    count: Number(row.count),
    acknowledged: Number(row.acknowledged),
    resolved: Number(row.resolved),
    timeToDetect: number(row.timeToDetect),
    timeToAcknowledge: number(row.timeToAcknowledge),
    timeToResolve: number(row.timeToResolve),
  };
}
