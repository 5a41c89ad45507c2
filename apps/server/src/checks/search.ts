/** Finding checks in a long list: by text, tags, channels, status; page by page, in a stable order. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { CheckRow, CheckStateRow, Database } from '../store/schema.ts';
import { type CheckFilters, type CheckQuery, containing, filtered, isAscii } from './filters.ts';
import type { PresentedCheck } from './manage.ts';
import { withLinks } from './queries.ts';
import { type StatusRank, statusRank } from './status-rank.ts';

export type CheckOrder =
  | 'created'
  | 'name'
  | 'last_ping'
  | 'status'
  | 'deadline'
  | 'down_since'
  | 'started_at';

/** Where a page ends: the value it is ordered by, and the check's internal id. */
export interface CheckPosition {
  key: string | number;
  id: number;
}

export interface CheckSearch extends CheckFilters {
  order: CheckOrder;
  descending: boolean;
  after: CheckPosition | null;
  limit: number;
}

/** Rows looked at in one go; the event loop turns in between. */
const PAGE = 500;
/** Rows looked at for one page of results: a text that finds little gives short pages, not a long wait. */
const SCAN_LIMIT = 5000;

interface Found {
  id: number;
  key: string | number;
}

/** One page of what the search finds at `now`, and where to go on (null = that was all). */
export async function searchChecks(
  db: Kysely<Database>,
  search: CheckSearch,
  now: number,
): Promise<{ checks: PresentedCheck[]; next: CheckPosition | null }> {
  const rank = await rankFor(db, search, now);
  const key = keyOf(search.order, rank);
  const page = (after: CheckPosition | null, limit: number) => {
    const query = filtered(db, search, rank);
    return ordered(query, key, { ...search, after, limit });
  };
  const { found, next } = isAscii(search.text)
    ? await onePage(search, page)
    : await scanned(db, search, page);
  return { checks: await presented(db, found), next };
}

/** How many checks match at `now`. */
export async function countChecks(db: Kysely<Database>, filters: CheckFilters, now: number): Promise<number> {
  const query = filtered(db, filters, await rankFor(db, filters, now));
  if (isAscii(filters.text)) {
    const { count } = await query
      .select((e) => e.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return count;
  }
  let count = 0;
  for (let after = 0; ; ) {
    const rows = await query
      .select('checks.id')
      .where('checks.id', '>', after)
      .orderBy('checks.id')
      .limit(PAGE)
      .execute();
    count += (await containing(db, rows, filters.text)).length;
    if (rows.length < PAGE) return count;
    after = rows.at(-1)?.id ?? after;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

type ReadPage = (after: CheckPosition | null, limit: number) => Promise<Found[]>;

/** The database tells it alone. */
async function onePage(search: CheckSearch, page: ReadPage) {
  const rows = await page(search.after, search.limit + 1);
  const found = rows.slice(0, search.limit);
  const last = found.at(-1);
  return { found, next: rows.length > search.limit && last !== undefined ? last : null };
}

/** The database finds a little too much, so that its rows are looked through, up to a bound. */
async function scanned(db: Kysely<Database>, search: CheckSearch, page: ReadPage) {
  const found: Found[] = [];
  // Sorted once: that takes longer than to look.
  const rows = await page(search.after, SCAN_LIMIT);
  for (let start = 0; start < rows.length; start += PAGE) {
    for (const row of await containing(db, rows.slice(start, start + PAGE), search.text)) {
      found.push(row);
      if (found.length === search.limit) return { found, next: row };
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { found, next: rows.length < SCAN_LIMIT ? null : (rows.at(-1) ?? null) };
}

async function rankFor(
  db: Kysely<Database>,
  search: CheckFilters & { order?: CheckOrder },
  now: number,
): Promise<StatusRank | null> {
  if (search.order !== 'status' && search.statuses.length === 0) return null;
  return statusRank(db, search.projectId, now);
}

/** Beyond any deadline: who has none comes last. */
const NEVER = 8_640_000_000_000_000;

const KEYS = {
  created: sql<number>`checks.id`,
  name: sql<string>`checks.name`,
  last_ping: sql<number>`coalesce(check_states.last_ping, 0)`,
  deadline: sql<number>`case when check_states.status = 'down' then ${sql.lit(NEVER)}
    else coalesce(check_states.alert_after, ${sql.lit(NEVER)}) end`,
  down_since: sql<number>`coalesce(check_states.down_since, 0)`,
  started_at: sql<number>`coalesce(check_states.last_start + check_states.skew, ${sql.lit(NEVER)})`,
} as const;

type Key = RawBuilder<string | number>;

function keyOf(order: CheckOrder, rank: StatusRank | null): Key {
  return order === 'status' ? (rank ?? sql`0`) : KEYS[order];
}

/** Ids and keys alone are sorted: whole rows would take three times as long. */
async function ordered(
  query: CheckQuery,
  key: Key,
  { descending, after, limit }: Pick<CheckSearch, 'descending' | 'after' | 'limit'>,
): Promise<Found[]> {
  const direction = descending ? 'desc' : 'asc';
  const later = descending ? sql`<` : sql`>`;
  const rest =
    after === null
      ? query
      : query.where(
          sql<boolean>`(${key} ${later} ${after.key} or (${key} = ${after.key} and checks.id ${later} ${after.id}))`,
        );
  return rest
    .select(['checks.id', key.as('key')])
    .orderBy(sql.ref('key'), direction)
    .orderBy('checks.id', direction)
    .limit(limit)
    .execute();
}

/** The rows of these checks with what they are linked to, in their order. */
async function presented(db: Kysely<Database>, found: readonly Found[]): Promise<PresentedCheck[]> {
  if (found.length === 0) return [];
  const rows: (CheckRow & CheckStateRow)[] = await db
    .selectFrom('checks')
    .innerJoin('check_states', 'check_states.check_id', 'checks.id')
    .selectAll(['checks', 'check_states'])
    .where(
      'checks.id',
      'in',
      found.map(({ id }) => id),
    )
    .execute();
  const byId = new Map(rows.map((row) => [row.check_id, row]));
  return withLinks(
    db,
    found.flatMap(({ id }) => byId.get(id) ?? []),
  );
}

/** The tags of a check. */
export function tagsOf(check: Pick<CheckRow, 'tags'>): string[] {
  return check.tags.split(' ').filter((tag) => tag !== '');
}
