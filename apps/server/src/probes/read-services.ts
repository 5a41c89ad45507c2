/** Reading services: probes with what they found last. */
import type { Kysely } from 'kysely';
import type { Database, ProbeRow } from '../store/schema.ts';
import { type ProbeState, stateFrom } from './model.ts';

/** A probe with its last run; null = it has not run yet. */
export interface StoredService {
  probe: ProbeRow;
  state: ProbeState | null;
}

export interface ServiceFilter {
  projectId: number;
  /** Internal ids of checks greater than this: pages of a list. */
  after?: number;
  /** Internal ids of checks. */
  checkIds?: readonly number[];
  /** UUIDs or unique keys of checks. */
  names?: readonly string[];
  limit: number;
}

/** Probes of a project in the order of their checks' internal ids. */
export async function servicesOf(db: Kysely<Database>, filter: ServiceFilter): Promise<StoredService[]> {
  let query = db
    .selectFrom('probes')
    .innerJoin('checks', 'checks.id', 'probes.check_id')
    .selectAll('probes')
    .where('probes.project_id', '=', filter.projectId);
  if (filter.after !== undefined) query = query.where('probes.check_id', '>', filter.after);
  if (filter.checkIds !== undefined) query = query.where('probes.check_id', 'in', filter.checkIds);
  const { names } = filter;
  if (names !== undefined) {
    query = query.where((e) => e.or([e('checks.code', 'in', names), e('checks.unique_key', 'in', names)]));
  }
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
