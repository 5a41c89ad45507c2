/** Finding checks in a long list: by text, tags, status; page by page, in a stable order. */
import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import type { CheckRow, CheckStateRow, Database } from '../store/schema.ts';
import type { PresentedCheck } from './manage.ts';
import type { Status } from './model.ts';
import { withLinks } from './queries.ts';
import { statusAt } from './status.ts';

export type CheckOrder = 'created' | 'name' | 'last_ping';

/** Where a page ends: the value it is ordered by, and the check's internal id. */
export interface CheckPosition {
  key: string | number;
  id: number;
}

export interface CheckSearch {
  projectId: number;
  /** Part of name, slug, tags or description, in any case. */
  text: string;
  /** Whole words; all of them. */
  tags: string[];
  /** Any of them; none = every status. */
  statuses: Status[];
  slug?: string;
  environment?: string;
  order: CheckOrder;
  descending: boolean;
  after: CheckPosition | null;
  limit: number;
}

type Row = CheckRow & CheckStateRow;

/** Rows looked at in one go; the event loop turns in between. */
const PAGE = 500;
/** Rows looked at for one page of results: a filter that finds little gives short pages, not a long wait. */
const SCAN_LIMIT = 5000;

/** One page of what the search finds at `now`, and where to go on (null = that was all). */
export async function searchChecks(
  db: Kysely<Database>,
  search: CheckSearch,
  now: number,
): Promise<{ checks: PresentedCheck[]; next: CheckPosition | null }> {
  const found: Row[] = [];
  const page = isFiltered(search) ? PAGE : Math.min(PAGE, search.limit);
  let after = search.after;
  for (let scanned = 0; scanned < SCAN_LIMIT; scanned += page) {
    const rows = await select(db, search, after, page, now);
    for (const row of rows) {
      after = positionOf(row, search.order);
      if (matches(row, search, now)) found.push(row);
      if (found.length === search.limit) return { checks: await withLinks(db, found), next: after };
    }
    if (rows.length < page) return { checks: await withLinks(db, found), next: null };
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { checks: await withLinks(db, found), next: after };
}

function isFiltered({ text, tags, statuses }: CheckSearch): boolean {
  return text !== '' || tags.length > 0 || statuses.length > 0;
}

function positionOf(row: Row, order: CheckOrder): CheckPosition {
  const key = order === 'name' ? row.name : order === 'last_ping' ? (row.last_ping ?? 0) : row.check_id;
  return { key, id: row.check_id };
}

const ORDER_BY = {
  created: sql<number>`checks.id`,
  name: sql<string>`checks.name`,
  last_ping: sql<number>`coalesce(check_states.last_ping, 0)`,
} as const;

async function select(
  db: Kysely<Database>,
  search: CheckSearch,
  after: CheckPosition | null,
  limit: number,
  now: number,
): Promise<Row[]> {
  const key = ORDER_BY[search.order];
  const direction = search.descending ? 'desc' : 'asc';
  let query = prefiltered(
    db
      .selectFrom('checks')
      .innerJoin('check_states', 'check_states.check_id', 'checks.id')
      .select('checks.id')
      .where('checks.project_id', '=', search.projectId),
    search,
    now,
  );
  if (after !== null) {
    const later = search.descending ? sql`<` : sql`>`;
    query = query.where(
      sql<boolean>`(${key} ${later} ${after.key} or (${key} = ${after.key} and checks.id ${later} ${after.id}))`,
    );
  }
  // Only ids are sorted: whole rows would take three times as long.
  const ids = await query.orderBy(key, direction).orderBy('checks.id', direction).limit(limit).execute();
  return rowsOf(
    db,
    ids.map((row) => row.id),
  );
}

/** The rows of these ids, in their order. */
async function rowsOf(db: Kysely<Database>, ids: number[]): Promise<Row[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('checks')
    .innerJoin('check_states', 'check_states.check_id', 'checks.id')
    .selectAll(['checks', 'check_states'])
    .where('checks.id', 'in', ids)
    .execute();
  const byId = new Map(rows.map((row) => [row.check_id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

type Query = SelectQueryBuilder<Database, 'checks' | 'check_states', { id: number }>;

/** What the database can tell alone; {@link matches} has the last word. */
function prefiltered(given: Query, search: CheckSearch, now: number): Query {
  let query = given;
  if (search.slug !== undefined) query = query.where('checks.slug', '=', search.slug);
  if (search.environment !== undefined) query = query.where('checks.environment', '=', search.environment);
  if (search.statuses.length > 0) {
    query = query.where((e) => e.or(search.statuses.map((status) => candidates(status, now))));
  }
  for (const word of search.tags) query = query.where(like(sql`checks.tags`, word));
  if (search.text !== '') {
    const columns = [sql`checks.name`, sql`checks.slug`, sql`checks.tags`, sql`checks.description`];
    query = query.where((e) => e.or(columns.map((column) => like(column, search.text))));
  }
  return query;
}

/** The rows that may have this status at `now`, by what is stored. */
function candidates(status: Status, now: number) {
  if (status === 'started') return sql<boolean>`check_states.last_start is not null`;
  if (status === 'down')
    return sql<boolean>`(check_states.status = 'down' or check_states.alert_after <= ${now})`;
  return sql<boolean>`check_states.status = ${status === 'grace' ? 'up' : status}`;
}

/** The engines differ in the case of letters beyond ASCII: those match any one character here. */
function like(column: ReturnType<typeof sql>, text: string) {
  const pattern = [...text.toLowerCase()]
    .map((character) => (character > '\u007f' ? '_' : character.replace(/[%_\\]/, '\\$&')))
    .join('');
  return sql<boolean>`lower(${column}) like ${`%${pattern}%`} escape '\\'`;
}

function matches(row: Row, search: CheckSearch, now: number): boolean {
  const { text, tags, statuses } = search;
  if (tags.length > 0) {
    const own = tagsOf(row);
    if (!tags.every((tag) => own.includes(tag))) return false;
  }
  if (text !== '') {
    const wanted = text.toLowerCase();
    const texts = [row.name, row.slug, row.tags, row.description];
    if (!texts.some((one) => one.toLowerCase().includes(wanted))) return false;
  }
  if (statuses.length === 0) return true;
  return statuses.includes(statusAt(row, now)) || (statuses.includes('started') && row.last_start !== null);
}

/** The tags of a check. */
export function tagsOf(check: Pick<CheckRow, 'tags'>): string[] {
  return check.tags.split(' ').filter((tag) => tag !== '');
}
