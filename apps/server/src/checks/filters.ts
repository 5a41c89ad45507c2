/** Which checks are meant, as far as the database tells. */
import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import type { Database } from '../store/schema.ts';
import type { Status } from './model.ts';
import { RANKS, type StatusRank } from './status-rank.ts';

/** Which checks; all must hold. */
export interface CheckFilters {
  projectId: number;
  /** UUIDs or unique keys of checks, of which it has one; left out = whatever it has. */
  ids?: string[];
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

/** Rows to choose columns of. */
export type CheckQuery = SelectQueryBuilder<Database, 'checks' | 'check_states', object>;

/** Whether the database finds a text alone: the engines differ in the case of letters beyond these. */
export function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text);
}

/** The checks that the filters let through, to be sorted or counted. `rank`: where statuses are asked for. */
export function filtered(db: Kysely<Database>, filters: CheckFilters, rank: StatusRank | null): CheckQuery {
  const { projectId, ids, slug, environment, statuses, tags, text, channels = [] } = filters;
  let query: CheckQuery = db
    .selectFrom('checks')
    .innerJoin('check_states', 'check_states.check_id', 'checks.id')
    .where('checks.project_id', '=', projectId);
  if (ids !== undefined) {
    query = query.where((e) => e.or([e('checks.code', 'in', ids), e('checks.unique_key', 'in', ids)]));
  }
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
export async function containing<T extends { id: number }>(
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
