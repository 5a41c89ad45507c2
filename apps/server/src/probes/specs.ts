/** Reading which probes there are to run. */
import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';
import type { ProbeSpec } from './model.ts';
import { shardOf } from './shards.ts';

/** Whether any check is probed. */
export async function hasProbes(db: Kysely<Database>): Promise<boolean> {
  return (await db.selectFrom('probes').select('check_id').limit(1).executeTakeFirst()) !== undefined;
}

/** The probes to run of these shards, or of these checks alone; those of paused checks are left out. */
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
  return rows
    .filter((row) => shards.has(shardOf(row.check_id)))
    .map((row) => ({
      checkId: row.check_id,
      code: row.code,
      kind: row.kind,
      settings: JSON.parse(row.settings) as unknown,
      interval: row.interval,
      timeout: row.timeout,
      revision: row.revision,
      isFresh: row.at === null,
    }));
}
