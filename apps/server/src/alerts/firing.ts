/** Walking over the alerts of a project that fire: page by page, and not without end. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../store/schema.ts';
import type { Alert, Labels } from './model.ts';

/** Alerts read at once. */
const PAGE = 500;
/** Alerts looked at, where a project has more that fire: an answer then is a lower bound. */
export const MOST_LOOKED_AT = 10_000;

const COLUMNS = [
  'id',
  'project_id',
  'identity',
  'check_id',
  'route',
  'severity',
  'name',
  'labels',
  'starts_at',
] as const satisfies (keyof Alert)[];

/** What tells which alert it is, and where its message would go. */
export type FiringAlert = Pick<Alert, (typeof COLUMNS)[number]>;

/** The alerts of a project that fire, {@link MOST_LOOKED_AT} at most. */
export async function* firingAlertsOf(
  db: Kysely<Database>,
  projectId: number,
): AsyncGenerator<FiringAlert[]> {
  let after = '';
  for (let seen = 0; seen < MOST_LOOKED_AT; seen += PAGE) {
    const rows = await db
      .selectFrom('alerts')
      .select(COLUMNS)
      .where('project_id', '=', projectId)
      // A literal: only then do both engines use the index of firing alerts.
      .where('state', '=', sql.lit('firing'))
      .where('identity', '>', after)
      .orderBy('identity')
      .limit(PAGE)
      .execute();
    if (rows.length > 0) {
      yield rows.map((row) => ({ ...row, labels: JSON.parse(row.labels) as Labels }));
    }
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.identity ?? after;
    // A long list never holds the event loop.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** How many alerts fire, of one project or of all. */
export async function countFiring(db: Kysely<Database>, projectId?: number): Promise<number> {
  const { count } = await db
    .selectFrom('alerts')
    .select((e) => e.fn.countAll<number>().as('count'))
    // A literal: only then do both engines use the index of firing alerts.
    .where('state', '=', sql.lit('firing'))
    .$if(projectId !== undefined, (query) => query.where('project_id', '=', projectId ?? 0))
    .executeTakeFirstOrThrow();
  return count;
}

/** How many alerts of a project fire, and of how many of them the message waits, or somebody took care. */
export async function sumFiring(
  db: Kysely<Database>,
  projectId: number,
): Promise<{ firing: number; held: number; acknowledged: number }> {
  const { firing, held, acknowledged } = await db
    .selectFrom('alerts')
    .select((e) => e.fn.countAll<number>().as('firing'))
    .select(sql<number>`count(case when held <> '' then 1 end)`.as('held'))
    .select(sql<number>`count(acked_at)`.as('acknowledged'))
    .where('project_id', '=', projectId)
    .where('state', '=', sql.lit('firing'))
    .executeTakeFirstOrThrow();
  return { firing, held, acknowledged };
}
