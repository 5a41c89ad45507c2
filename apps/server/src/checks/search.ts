/** Finding checks in a long list: by text, tags, channels, status; page by page, in a stable order. */
import { type Kysely, type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';
import type { CheckRow, CheckStateRow, Database } from '../store/schema.ts';
import type { PresentedCheck } from './manage.ts';
import type { Status } from './model.ts';
import { withLinks } from './queries.ts';
import { RANKS, type StatusRank, statusRank } from './status-rank.ts';

export type CheckOrder = 'created' | 'name' | 'last_ping' | 'status' | 'deadline';

/** Where a page ends: the value it is ordered by, and the check's internal id. */
export interface CheckPosition {
  key: string | number;
  id: number;
}

/** Which checks; all must hold. */
export interface CheckFilters {
  projectId: number;
  /** Part of name, slug, tags or description, in any case. */
  text: string;
  /** Whole words; all of them. */
  tags: string[];
  /** Any of them; none = every status. */
  statuses: Status[];
  /** UUIDs of channels, of which it has any; `none` = it has none at all. Left out = whatever it has. */
  channels?: string[];
  slug?: string;
  environment?: string;
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

/** The engines differ in the case of letters beyond these. */
function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text);
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
} as const;

type Key = RawBuilder<string | number>;

function keyOf(order: CheckOrder, rank: StatusRank | null): Key {
  return order === 'status' ? (rank ?? sql`0`) : KEYS[order];
}

type Query = SelectQueryBuilder<Database, 'checks' | 'check_states', object>;

/** Ids and keys alone are sorted: whole rows would take three times as long. */
async function ordered(
  query: Query,
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

function filtered(db: Kysely<Database>, filters: CheckFilters, rank: StatusRank | null): Query {
  const { projectId, slug, environment, statuses, tags, text, channels = [] } = filters;
  let query: Query = db
    .selectFrom('checks')
    .innerJoin('check_states', 'check_states.check_id', 'checks.id')
    .where('checks.project_id', '=', projectId);
  if (slug !== undefined) query = query.where('checks.slug', '=', slug);
  if (environment !== undefined) query = query.where('checks.environment', '=', environment);
  for (const word of tags) query = query.where(hasTag(word));
  if (channels.length > 0) query = query.where((e) => e.or(channels.map((id) => hasChannel(projectId, id))));
  if (rank !== null && statuses.length > 0) {
    query = query.where((e) => e.or(statuses.map((status) => isNow(status, rank))));
  }
  if (text !== '') {
    const columns = [sql`checks.name`, sql`checks.slug`, sql`checks.tags`, sql`checks.description`];
    query = query.where((e) => e.or(columns.map((column) => like(column, text))));
  }
  return query;
}

/** Whether this is the status, whatever runs meanwhile; `started` = something does. */
function isNow(status: Status, rank: StatusRank) {
  if (status === 'started') return sql<boolean>`check_states.last_start is not null`;
  const own = sql.lit(RANKS.indexOf(status));
  if (status !== 'up' && status !== 'new') return sql<boolean>`${rank} = ${own}`;
  const started = sql.lit(RANKS.indexOf('started'));
  return sql<boolean>`check_states.status = ${status} and ${rank} in (${own}, ${started})`;
}

/** Both engines replace by exact characters, where they differ in how they compare. */
function hasTag(word: string) {
  if (word === '' || word.includes(' ')) return sql<boolean>`1 = 0`;
  const all = sql`' ' || checks.tags || ' '`;
  return sql<boolean>`replace(${all}, ${` ${word} `}, '') <> ${all}`;
}

function hasChannel(projectId: number, channel: string) {
  const linked = sql`select check_id from check_channels`;
  if (channel === 'none') return sql<boolean>`checks.id not in (${linked})`;
  return sql<boolean>`checks.id in (${linked} where channel_id in
    (select id from channels where code = ${channel} and project_id = ${projectId}))`;
}

/** Characters beyond ASCII match any one character here; {@link containing} has the last word. */
function like(column: ReturnType<typeof sql>, text: string) {
  const pattern = [...text.toLowerCase()]
    .map((character) => (character > '\u007f' ? '_' : character.replace(/[%_\\]/, '\\$&')))
    .join('');
  return sql<boolean>`lower(${column}) like ${`%${pattern}%`} escape '\\'`;
}

/** Those of the checks that have the text somewhere, in any case and any alphabet; their order stays. */
async function containing<T extends { id: number }>(
  db: Kysely<Database>,
  rows: readonly T[],
  text: string,
): Promise<T[]> {
  if (rows.length === 0) return [];
  const texts = await db
    .selectFrom('checks')
    .select(['id', 'name', 'slug', 'tags', 'description'])
    .where(
      'id',
      'in',
      rows.map(({ id }) => id),
    )
    .execute();
  const wanted = text.toLowerCase();
  const found = new Set(
    texts
      .filter(({ id: _, ...own }) => Object.values(own).some((one) => one.toLowerCase().includes(wanted)))
      .map(({ id }) => id),
  );
  return rows.filter(({ id }) => found.has(id));
}

/** The tags of a check. */
export function tagsOf(check: Pick<CheckRow, 'tags'>): string[] {
  return check.tags.split(' ').filter((tag) => tag !== '');
}
