/** How the checks of a project do, in numbers. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../store/schema.ts';
import type { Status } from './model.ts';
import { tagsOf } from './search.ts';
import { RANKS, statusRank } from './status-rank.ts';

/** `started` counts runs in progress; each of their checks has another status too, and `total` counts it once. */
export type StatusCounts = Record<Status | 'total', number>;

/** How many checks are what at `now`, epoch milliseconds. */
export async function countStatuses(
  db: Kysely<Database>,
  projectId: number,
  now: number,
): Promise<StatusCounts> {
  const rank = await statusRank(db, projectId, now);
  const rows = await db
    .selectFrom('checks')
    .innerJoin('check_states', 'check_states.check_id', 'checks.id')
    .select(['check_states.status as stored', rank.as('rank')])
    .select(sql<number>`case when check_states.last_start is null then 0 else 1 end`.as('running'))
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('checks.project_id', '=', projectId)
    // By place: PostgreSQL takes no two expressions for the same.
    .groupBy(sql`1, 2, 3`)
    .execute();
  const counts: StatusCounts = { new: 0, up: 0, grace: 0, down: 0, paused: 0, started: 0, total: 0 };
  for (const { stored, rank: place, running, count } of rows) {
    const status = RANKS[place];
    // What is well and runs ranks as started: its row says whether it is up or new.
    const own = status === 'started' ? (stored === 'new' ? 'new' : 'up') : status;
    if (own !== undefined) counts[own] += count;
    counts.started += running * count;
    counts.total += count;
  }
  return counts;
}

/** The most used tags of a project, with how many checks have each. */
export async function mostUsedTags(
  db: Kysely<Database>,
  projectId: number,
  limit: number,
): Promise<{ tag: string; count: number }[]> {
  const rows = await db
    .selectFrom('checks')
    .select('tags')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('project_id', '=', projectId)
    .where('tags', '!=', '')
    .groupBy('tags')
    .execute();
  const counts = new Map<string, number>();
  for (const { tags, count } of rows) {
    for (const tag of new Set(tagsOf({ tags }))) counts.set(tag, (counts.get(tag) ?? 0) + count);
  }
  return [...counts]
    .map(([tag, count]) => ({ tag, count }))
    .sort((a, b) => b.count - a.count || (a.tag < b.tag ? -1 : 1))
    .slice(0, limit);
}
