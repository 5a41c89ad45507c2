/** The flips of a project, across its checks. */
import type { Kysely } from 'kysely';
import type { CheckRow, Database, FlipRow } from '../store/schema.ts';
import type { FlipPageOptions, FlipPosition } from './history.ts';

/** Flips of all projects looked at in one go; the event loop turns in between. */
const BATCH = 500;
/** Flips looked at for one page: a project with few among those of others gets short pages, not a long wait. */
const SCAN_LIMIT = 5000;

/** A flip with the names of its check. */
export type NamedFlip = FlipRow & Pick<CheckRow, 'code' | 'unique_key' | 'name'>;

/** Flips, newest first, and where to go on (null = that was all). */
export async function projectFlips(
  db: Kysely<Database>,
  projectId: number,
  options: FlipPageOptions,
): Promise<{ flips: NamedFlip[]; next: FlipPosition | null }> {
  const flips: NamedFlip[] = [];
  let { after } = options;
  for (let looked = 0; looked < SCAN_LIMIT; looked += BATCH) {
    const rows = await flipsAfter(db, options, after);
    for (const { project_id, code, unique_key, name, ...flip } of rows) {
      after = { at: flip.created_at, id: flip.id };
      // Of a check that is deleted nothing is told.
      if (project_id !== projectId || code === null || unique_key === null || name === null) continue;
      flips.push({ ...flip, code, unique_key, name });
      if (flips.length === options.limit) return { flips, next: after };
    }
    if (rows.length < BATCH) return { flips, next: null };
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { flips, next: after };
}

/** The flips of all projects that follow a position, in the order of their index. */
async function flipsAfter(
  db: Kysely<Database>,
  { from, until }: FlipPageOptions,
  after: FlipPosition | null,
) {
  let query = db
    .selectFrom('flips')
    .leftJoin('checks', 'checks.id', 'flips.check_id')
    .selectAll('flips')
    .select(['checks.project_id', 'checks.code', 'checks.unique_key', 'checks.name']);
  if (from !== undefined) query = query.where('flips.created_at', '>=', from);
  if (until !== undefined) query = query.where('flips.created_at', '<', until);
  if (after !== null) {
    query = query
      .where('flips.created_at', '<=', after.at)
      .where((e) => e.or([e('flips.created_at', '<', after.at), e('flips.id', '<', after.id)]));
  }
  return query.orderBy('flips.created_at', 'desc').orderBy('flips.id', 'desc').limit(BATCH).execute();
}
