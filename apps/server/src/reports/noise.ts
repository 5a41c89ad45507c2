/** Which checks were most talked about. */
import { setImmediate } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { Database } from '../store/schema.ts';
import type { ReportedCheck } from './figures.ts';
import type { Range } from './period.ts';

/** Milliseconds of the ledger that one statement counts. */
const SLICE = 24 * 3_600_000;
/** Checks that are named. */
const NAMED = 5;
/** Messages below which a check is not noisy. */
const FEWEST = 3;

/** The checks that most messages of some time were about, the noisiest first; quiet ones are left out. */
export async function noisiestChecks(
  db: Kysely<Database>,
  projectId: number,
  { from, until }: Range,
): Promise<{ check: ReportedCheck; messages: number }[]> {
  const counts = new Map<number, number>();
  for (let start = from; start < until; start += SLICE) {
    for (const { id, count } of await countsOf(db, projectId, start, Math.min(until, start + SLICE))) {
      counts.set(id, (counts.get(id) ?? 0) + count);
    }
    // Reading holds the thread that takes pings: they go between two slices.
    await setImmediate();
  }
  const most = [...counts]
    .filter(([, count]) => count >= FEWEST)
    .sort(([id, count], [otherId, otherCount]) => otherCount - count || id - otherId)
    .slice(0, NAMED);
  const checks = await checksOf(
    db,
    most.map(([id]) => id),
  );
  return most.flatMap(([id, messages]) => {
    const check = checks.find((one) => one.id === id);
    return check === undefined ? [] : [{ check, messages }];
  });
}

async function countsOf(db: Kysely<Database>, projectId: number, from: number, until: number) {
  const rows = await db
    .selectFrom('deliveries')
    .select(['check_id', (e) => e.fn.countAll<number>().as('count')])
    .where('created_at', '>=', from)
    .where('created_at', '<', until)
    // The plus keeps both engines from going by the project, of which there is much more than of the time.
    .where(sql<number>`+project_id`, '=', projectId)
    .where('check_id', 'is not', null)
    .where('state', '=', 'sent')
    .where('kind', 'in', ['firing', 'resolved'])
    .groupBy('check_id')
    .execute();
  return rows.flatMap(({ check_id, count }) => (check_id === null ? [] : [{ id: check_id, count }]));
}

async function checksOf(db: Kysely<Database>, ids: number[]): Promise<ReportedCheck[]> {
  if (ids.length === 0) return [];
  return db
    .selectFrom('checks')
    .select(['id', 'code', 'unique_key as uniqueKey', 'name', 'environment'])
    .where('id', 'in', ids)
    .execute();
}
