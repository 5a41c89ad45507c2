/**
 * What checks are, told by the database: for sorting, filtering and counting any number of them. It says the same
 * as status.ts, row by row.
 */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { LEAN_COLUMNS } from '../store/lean-check.ts';
import type { Database } from '../store/schema.ts';
import type { Status } from './model.ts';
import { statusAt } from './status.ts';

/** What hurts first. A check that is well, or new, with a run in progress counts as started. */
export const RANKS = ['down', 'grace', 'started', 'up', 'new', 'paused'] as const satisfies Status[];

/** Rows of one read; the event loop turns in between. */
const PAGE = 250;

/** A place in {@link RANKS} at `now`, for queries over `checks` joined with `check_states`. */
export type StatusRank = RawBuilder<number>;

/** The expression that ranks the checks of a project at `now`, epoch milliseconds. */
export async function statusRank(db: Kysely<Database>, projectId: number, now: number): Promise<StatusRank> {
  const { down, late } = await onlyByCalendar(db, projectId, now);
  const isExcused = sql`coalesce(check_states.excused_until, 0) > ${now}`;
  const well = sql`case when check_states.last_start is null then 3 else 2 end`;
  return sql<number>`case
    when check_states.last_start + check_states.skew + checks.grace * 1000 <= ${now} and not ${isExcused} then 0
    when check_states.status = 'down' then 0
    when check_states.status = 'paused' then 5
    when check_states.status = 'new' then case when check_states.last_start is null then 4 else 2 end
    when ${oneOf(down)} then 0
    when ${oneOf(late)} then 1
    when checks.kind <> 'simple' and (check_states.last_start is not null or ${isExcused}) then ${well}
    when ${EXPECTED} is null or ${EXPECTED} > ${now} then ${well}
    when ${EXPECTED} + checks.grace * 1000 <= ${now} and not ${isExcused} then 0
    else 1 end`;
}

/** From when a ping is expected. Of a calendar the deadline tells it, unless a run or an excuse moved that. */
const EXPECTED = sql`case when checks.kind = 'simple'
  then check_states.last_ping + check_states.skew + checks.timeout * 1000
  else check_states.alert_after - checks.grace * 1000 end`;

function oneOf(ids: readonly number[]): RawBuilder<boolean> {
  return ids.length === 0 ? sql<boolean>`1 = 0` : sql<boolean>`checks.id in (${sql.raw(ids.join(', '))})`;
}

/** Checks that are up by their row, and late or down by a calendar that the row does not tell: those with a run in progress or an excuse. */
async function onlyByCalendar(db: Kysely<Database>, projectId: number, now: number) {
  const found = { down: [] as number[], late: [] as number[] };
  for (let after = 0; ; ) {
    const page = await db
      .selectFrom('checks')
      .innerJoin('check_states', 'check_states.check_id', 'checks.id')
      .select(LEAN_COLUMNS)
      .selectAll('check_states')
      .where('checks.project_id', '=', projectId)
      .where('checks.kind', '!=', 'simple')
      .where('check_states.status', '=', 'up')
      .where((e) => e.or([e('last_start', 'is not', null), e('excused_until', '>', now)]))
      .where('checks.id', '>', after)
      .orderBy('checks.id')
      .limit(PAGE)
      .execute();
    for (const check of page) {
      const status = statusAt(check, now);
      if (status === 'down') found.down.push(check.check_id);
      if (status === 'grace') found.late.push(check.check_id);
    }
    if (page.length < PAGE) return found;
    after = page.at(-1)?.check_id ?? after;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
