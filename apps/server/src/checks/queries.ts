/** Reading checks. Every function takes the database to read from: main's, or a transaction's. */
import type { Kysely, SelectQueryBuilder } from 'kysely';
import type { CheckRow, CheckStateRow, Database, FlipRow, PingRow } from '../store/schema.ts';
import type { PresentedCheck } from './manage.ts';

export interface CheckFilter {
  projectId: number;
  code?: string;
  uniqueKey?: string;
  slug?: string;
  /** Internal ids. */
  ids?: readonly number[];
  /** Internal ids greater than this: pages of a list. */
  after?: number;
  limit?: number;
}

/** Checks of a project by id, with the codes of their channels in lexical order. */
export async function checksWhere(db: Kysely<Database>, filter: CheckFilter): Promise<PresentedCheck[]> {
  let query = db
    .selectFrom('checks')
    .innerJoin('check_states', 'check_states.check_id', 'checks.id')
    .selectAll(['checks', 'check_states'])
    .where('checks.project_id', '=', filter.projectId);
  if (filter.code !== undefined) query = query.where('checks.code', '=', filter.code);
  if (filter.uniqueKey !== undefined) query = query.where('checks.unique_key', '=', filter.uniqueKey);
  if (filter.slug !== undefined) query = query.where('checks.slug', '=', filter.slug);
  if (filter.ids !== undefined) query = query.where('checks.id', 'in', filter.ids);
  if (filter.after !== undefined) query = query.where('checks.id', '>', filter.after);
  const rows = await query
    .orderBy('checks.id')
    .limit(filter.limit ?? 1000)
    .execute();
  return withLinks(db, rows);
}

/** SQLite takes 32,766 parameters; a page of a list stays far below. */
const PAGE = 500;

/** All checks of a project, page by page, so that a long list never holds the event loop. */
export async function* allChecks(
  db: Kysely<Database>,
  filter: Omit<CheckFilter, 'after' | 'limit'>,
): AsyncGenerator<PresentedCheck[]> {
  let after = 0;
  for (;;) {
    const page = await checksWhere(db, { ...filter, after, limit: PAGE });
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    after = page.at(-1)?.check_id ?? after;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Adds the codes of their channels, in lexical order, and what they depend on. */
export async function withLinks(
  db: Kysely<Database>,
  rows: (CheckRow & CheckStateRow)[],
): Promise<PresentedCheck[]> {
  if (rows.length === 0) return [];
  const links = await db
    .selectFrom('check_channels')
    .innerJoin('channels', 'channels.id', 'check_channels.channel_id')
    .select(['check_channels.check_id', 'channels.code'])
    .where(
      'check_channels.check_id',
      'in',
      rows.map((row) => row.check_id),
    )
    .orderBy('channels.code')
    .execute();
  const codes = new Map<number, string[]>();
  for (const link of links) {
    const own = codes.get(link.check_id);
    if (own === undefined) codes.set(link.check_id, [link.code]);
    else own.push(link.code);
  }
  const parents = await dependenciesByCheck(db, rows);
  return rows.map((row) => ({
    ...row,
    channels: codes.get(row.check_id) ?? [],
    dependsOn: parents.get(row.check_id) ?? [],
  }));
}

async function dependenciesByCheck(db: Kysely<Database>, rows: readonly CheckStateRow[]) {
  const links = await db
    .selectFrom('check_dependencies as d')
    .innerJoin('checks as c', 'c.id', 'd.depends_on_id')
    .select(['d.check_id', 'c.code', 'c.unique_key'])
    .where(
      'd.check_id',
      'in',
      rows.map((row) => row.check_id),
    )
    .orderBy('c.id')
    .execute();
  return Map.groupBy(links, (link) => link.check_id);
}

/** Which project a check belongs to; null = no such check. */
export async function projectOfCheck(db: Kysely<Database>, code: string): Promise<number | null> {
  const row = await db.selectFrom('checks').select('project_id').where('code', '=', code).executeTakeFirst();
  return row?.project_id ?? null;
}

/** A ping without its body; `size` is the body's length in bytes. */
export type ListedPing = Omit<PingRow, 'body'> & { size: number };

/** The latest pings of a check, newest first, above number `aboveN`. */
export async function pingsOf(
  db: Kysely<Database>,
  checkId: number,
  options: { aboveN: number; belowN?: number; limit: number },
): Promise<ListedPing[]> {
  let query = db
    .selectFrom('pings')
    .select([
      'check_id',
      'n',
      'created_at',
      'kind',
      'scheme',
      'remote_addr',
      'method',
      'user_agent',
      'rid',
      'duration',
      'exitstatus',
    ])
    .select((e) => e.fn.coalesce(e.fn<number>('length', ['body']), e.lit(0)).as('size'))
    .where('check_id', '=', checkId)
    .where('n', '>', options.aboveN);
  if (options.belowN !== undefined) query = query.where('n', '<', options.belowN);
  return query.orderBy('n', 'desc').limit(options.limit).execute();
}

/** One ping with its body; undefined = not kept. */
export async function pingByNumber(
  db: Kysely<Database>,
  checkId: number,
  n: number,
): Promise<PingRow | undefined> {
  return db
    .selectFrom('pings')
    .selectAll()
    .where('check_id', '=', checkId)
    .where('n', '=', n)
    .executeTakeFirst();
}

/** Flips of a check, newest first, created in [from, until). */
export async function flipsOf(
  db: Kysely<Database>,
  checkId: number,
  range: { from?: number; until?: number; limit?: number } = {},
): Promise<FlipRow[]> {
  let query: SelectQueryBuilder<Database, 'flips', FlipRow> = db
    .selectFrom('flips')
    .selectAll()
    .where('check_id', '=', checkId);
  if (range.from !== undefined) query = query.where('created_at', '>=', range.from);
  if (range.until !== undefined) query = query.where('created_at', '<', range.until);
  if (range.limit !== undefined) query = query.limit(range.limit);
  return query.orderBy('created_at', 'desc').execute();
}
