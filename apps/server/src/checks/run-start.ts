import type { Kysely } from 'kysely';
import type { Database, PingRow } from '../store/schema.ts';

/** Pings looked through at most: a log may keep a million. */
const LOOK_BACK = 10_000;

/**
 * When the run that this success or failure ended had begun, epoch ms: the latest start with its run id, unless
 * a success or failure with that id came between. Null = it ended none.
 */
export async function startBefore(
  db: Kysely<Database>,
  ping: Pick<PingRow, 'check_id' | 'n' | 'rid'>,
): Promise<number | null> {
  const row = await db
    .selectFrom('pings')
    .select(['kind', 'created_at'])
    .where('check_id', '=', ping.check_id)
    .where('n', '<', ping.n)
    .where('n', '>=', ping.n - LOOK_BACK)
    .where('kind', 'in', ['start', 'success', 'fail'])
    .where('rid', ping.rid === null ? 'is' : '=', ping.rid)
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.kind === 'start' ? row.created_at : null;
}
