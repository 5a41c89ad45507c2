/** Reading services: probes with what they found last. */
import type { Kysely } from 'kysely';
import type { Database, ProbeRow } from '../store/schema.ts';
import { type ProbeState, stateFrom } from './model.ts';

/** A probe with its last run; null = it has not run yet. */
export interface StoredService {
  probe: ProbeRow;
  state: ProbeState | null;
}

/** Probes of a project by their checks' internal ids: those after one of them, or these. */
export async function servicesOf(
  db: Kysely<Database>,
  filter: { projectId: number; after?: number; checkIds?: readonly number[]; limit: number },
): Promise<StoredService[]> {
  let query = db
    .selectFrom('probes')
    .innerJoin('checks', 'checks.id', 'probes.check_id')
    .selectAll('probes')
    .where('probes.project_id', '=', filter.projectId);
  if (filter.after !== undefined) query = query.where('probes.check_id', '>', filter.after);
  if (filter.checkIds !== undefined) query = query.where('probes.check_id', 'in', filter.checkIds);
  const probes = await query.orderBy('probes.check_id').limit(filter.limit).execute();
  if (probes.length === 0) return [];
  const states = await db
    .selectFrom('probe_states')
    .selectAll()
    .where(
      'check_id',
      'in',
      probes.map((probe) => probe.check_id),
    )
    .execute();
  const byCheck = new Map(states.map((row) => [row.check_id, stateFrom(row)]));
  return probes.map((probe) => ({ probe, state: byCheck.get(probe.check_id) ?? null }));
}
