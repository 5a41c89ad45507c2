/** Reading which probes there are to run. */
import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';
import type { ProbeSpec } from './model.ts';
import { shardOf } from './shards.ts';

/** Whether any check is probed. */
export async function hasProbes(db: Kysely<Database>): Promise<boolean> {
  return (await db.selectFrom('probes').select('check_id').limit(1).executeTakeFirst()) !== undefined;
}

/**
 * The probes to run of these shards, with those of others that they depend on; or only those of these checks. Those of
 * paused checks are left out.
 */
export async function probeSpecs(
  db: Kysely<Database>,
  { shards, codes }: { shards: ReadonlySet<number>; codes?: readonly string[] },
): Promise<ProbeSpec[]> {
  let query = db
    .selectFrom('probes')
    .innerJoin('checks', 'checks.id', 'probes.check_id')
    .innerJoin('check_states', 'check_states.check_id', 'probes.check_id')
    .leftJoin('probe_states', 'probe_states.check_id', 'probes.check_id')
    .selectAll('probes')
    .select(['checks.code', 'probe_states.at'])
    .where('check_states.status', '!=', 'paused');
  if (codes !== undefined) query = query.where('checks.code', 'in', codes);
  const rows = await query.execute();
  const parents = await parentsOf(db);
  const isOwn = (id: number): boolean => shards.has(shardOf(id));
  const wanted = new Set([...parents].flatMap(([id, own]) => (isOwn(id) ? own : [])));
  const shown = rows.filter(
    ({ check_id: id, code }) => isOwn(id) || (codes === undefined && wanted.has(code)),
  );
  return shown.map((row) => ({
    checkId: row.check_id,
    projectId: row.project_id,
    code: row.code,
    kind: row.kind,
    settings: row.settings,
    interval: row.interval,
    timeout: row.timeout,
    revision: row.revision,
    parents: parents.get(row.check_id) ?? [],
    isFresh: row.at === null,
    ...(isOwn(row.check_id) ? {} : { isGuest: true }),
  }));
}

/** The codes of the probed checks that each probed check depends on. */
async function parentsOf(db: Kysely<Database>): Promise<Map<number, string[]>> {
  const links = await db
    .selectFrom('check_dependencies')
    .innerJoin('probes', 'probes.check_id', 'check_dependencies.depends_on_id')
    .innerJoin('checks', 'checks.id', 'check_dependencies.depends_on_id')
    .select(['check_dependencies.check_id', 'checks.code'])
    .orderBy('checks.code')
    .execute();
  const parents = new Map<number, string[]>();
  for (const { check_id: id, code } of links) parents.set(id, [...(parents.get(id) ?? []), code]);
  return parents;
}
