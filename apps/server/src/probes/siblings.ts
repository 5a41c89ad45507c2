import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';
import type { Sibling } from './kind.ts';

/** Services that one run may hear of. */
const MOST = 1_000;

/** The services of a project that are not paused, but for one, as their last runs left them. */
export async function siblingsOf(
  db: Kysely<Database>,
  projectId: number,
  checkId: number | null,
): Promise<Sibling[]> {
  const rows = await db
    .selectFrom('probes')
    .innerJoin('checks', 'checks.id', 'probes.check_id')
    .innerJoin('check_states', 'check_states.check_id', 'probes.check_id')
    .leftJoin('probe_states', 'probe_states.check_id', 'probes.check_id')
    .select(['checks.slug', 'checks.name', 'checks.code', 'probe_states.reason', 'probe_states.message'])
    .where('probes.project_id', '=', projectId)
    .where('probes.check_id', '!=', checkId ?? -1)
    .where('check_states.status', '!=', 'paused')
    .orderBy('probes.check_id')
    .limit(MOST)
    .execute();
  return rows.map(({ slug, name, code, reason, message }) => ({
    name: slug || name || code,
    isWell: reason === null ? null : reason === '',
    message: message ?? '',
  }));
}
