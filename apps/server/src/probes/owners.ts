import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';
import type { Owner } from './exposition.ts';
import { findProbeKind } from './probe-kinds.ts';

/** Who is probed, by the check's internal id. A probe whose settings no longer fit its kind is left out. */
export async function probeOwners(db: Kysely<Database>): Promise<Map<number, Owner>> {
  const rows = await db
    .selectFrom('probes')
    .innerJoin('checks', 'checks.id', 'probes.check_id')
    .innerJoin('projects', 'projects.id', 'probes.project_id')
    .select([
      'probes.check_id',
      'probes.kind',
      'probes.settings',
      'checks.name',
      'checks.slug',
      'checks.code',
    ])
    .select('projects.code as project')
    .execute();
  return new Map(
    rows.flatMap((row) => {
      const instance = instanceOfProbe(row.kind, row.settings);
      if (instance === null) return [];
      const job = row.name || row.slug || row.code;
      const up = findProbeKind(row.kind)?.up ?? null;
      return [[row.check_id, { project: row.project, job, instance, kind: row.kind, up }]];
    }),
  );
}

/** Where a stored probe goes; null = it cannot be opened. */
export function instanceOfProbe(kind: string, settings: string): string | null {
  try {
    return findProbeKind(kind)?.open(JSON.parse(settings)).instance ?? null;
  } catch {
    return null;
  }
}
