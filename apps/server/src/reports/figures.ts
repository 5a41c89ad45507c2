/**
 * What became of a project's checks in some time, from their flips: page by page and summed by the database, so
 * that neither the writer nor a ping waits for it.
 */
import { setImmediate } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { Database } from '../store/schema.ts';
import type { Range } from './period.ts';

/** Checks summed by one statement: some milliseconds. */
const PAGE = 100;
/** Checks that are listed by name; the rest is counted. */
const LISTED = 20;
/** Milliseconds: a shorter absence of ours, such as a restart, is in nobody's figures. */
const SHORTEST_ABSENCE = 60_000;

/** A check as reports name it. */
export interface ReportedCheck {
  id: number;
  code: string;
  uniqueKey: string;
  name: string;
  environment: string;
}

/** Sums over checks. Time in which a check was new or paused, or nobody watched, is in neither of the times. */
export interface Sums {
  /** Milliseconds. */
  up: number;
  down: number;
  /** Outages that were going on at any time of it. */
  outages: number;
}

export interface CheckFigures extends Sums {
  check: ReportedCheck;
  /** Milliseconds of the longest outage. */
  longest: number;
}

export interface DownCheck {
  check: ReportedCheck;
  /** Epoch ms; null = not known any more. */
  since: number | null;
}

/** A list of which the first are shown. */
export interface Listed<T> {
  count: number;
  items: T[];
}

export interface Figures {
  checks: number;
  total: Sums;
  /** By name; sums of what each environment has. */
  environments: { name: string; checks: number; sums: Sums }[];
  /** Those with outages, the longest time down first. */
  failed: Listed<CheckFigures>;
  /** Those without a figure: new or paused all the time. */
  silent: Listed<ReportedCheck>;
  /** Those that are down at this moment, the longest first. */
  downNow: Listed<DownCheck>;
}

/** Sums the time from `from` to `until` (epoch ms) of a project's checks. */
export async function figuresOf(db: Kysely<Database>, projectId: number, range: Range): Promise<Figures> {
  const figures = noFigures();
  const environments = new Map<string, Figures['environments'][number]>();
  for (let after = 0; ; ) {
    const rows = await pageOf(db, projectId, range, after);
    for (const row of rows) count(figures, environments, row, range);
    figures.failed.items = worst(figures.failed.items, (one) => -one.down);
    figures.downNow.items = worst(figures.downNow.items, ({ since }) => since ?? 0);
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) break;
    after = last.id;
    // Reading holds the thread that takes pings: they go between two pages.
    await setImmediate();
  }
  const byName = [...environments.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  return { ...figures, environments: byName };
}

/** Part of the time it was not down, 0 to 1; null = there is no data. */
export function uptimeOf({ up, down }: Sums): number | null {
  return up + down <= 0 ? null : up / (up + down);
}

/** Milliseconds of some time in which no server of ours was running. */
export async function unwatchedIn(db: Kysely<Database>, { from, until }: Range): Promise<number> {
  const { rows } = await sql<{ length: number }>`
    select coalesce(sum(${overlap(sql`cast(${from} as bigint)`, sql`cast(${until} as bigint)`)}), 0) as length
    from outages o where o.to_at > ${from} and o.from_at < ${until}
      and o.to_at - o.from_at >= ${SHORTEST_ABSENCE}`.execute(db);
  return rows[0]?.length ?? 0;
}

function noFigures(): Figures {
  const none = () => ({ count: 0, items: [] });
  const total = { up: 0, down: 0, outages: 0 };
  return { checks: 0, total, environments: [], failed: none(), silent: none(), downNow: none() };
}

type Row = Omit<ReportedCheck, 'uniqueKey'> &
  Sums & { unique_key: string; created_at: number; status: string; longest: number; since: number | null };

function count(
  figures: Figures,
  environments: Map<string, Figures['environments'][number]>,
  row: Row,
  { until }: Range,
): void {
  const { id, code, unique_key: uniqueKey, name, environment, up, down, outages, longest, since } = row;
  const check = { id, code, uniqueKey, name, environment };
  if (row.status === 'down') {
    figures.downNow.count += 1;
    figures.downNow.items.push({ check, since });
  }
  if (row.created_at >= until) return;
  const sums = { up, down, outages };
  const own = environments.get(environment) ?? { name: environment, checks: 0, sums: noFigures().total };
  environments.set(environment, { ...own, checks: own.checks + 1, sums: added(own.sums, sums) });
  figures.checks += 1;
  figures.total = added(figures.total, sums);
  if (up + down <= 0) {
    figures.silent.count += 1;
    if (figures.silent.items.length < LISTED) figures.silent.items.push(check);
  }
  if (outages === 0) return;
  figures.failed.count += 1;
  figures.failed.items.push({ check, ...sums, longest });
}

function added(one: Sums, other: Sums): Sums {
  return {
    up: one.up + other.up,
    down: one.down + other.down,
    outages: one.outages + other.outages,
  };
}

function worst<T>(items: T[], rank: (item: T) => number): T[] {
  return items.sort((one, other) => rank(one) - rank(other)).slice(0, LISTED);
}

/** Milliseconds that `o`, an absence of ours, has in common with a span; both columns or values. */
function overlap(from: ReturnType<typeof sql>, until: ReturnType<typeof sql>) {
  return sql`(case when o.to_at < ${until} then o.to_at else ${until} end)
    - (case when o.from_at > ${from} then o.from_at else ${from} end)`;
}

/**
 * A page of checks with their sums. What a check was before a flip is what the flip says that it was; after the
 * last one of the time, what the next one says, or what the check is now. The cross join makes SQLite go by
 * checks, of which there are few: it would else read every flip of the time for each page. Materialized:
 * the absences are else summed up anew for each use of a length.
 */
async function pageOf(
  db: Kysely<Database>,
  projectId: number,
  { from, until }: Range,
  after: number,
): Promise<Row[]> {
  const { rows } = await sql<Row>`
    with page as (
      select c.id, c.code, c.unique_key, c.name, c.environment, c.created_at, s.status,
        case when c.created_at > ${from} then c.created_at else ${from} end as start_at
      from checks c join check_states s on s.check_id = c.id
      where c.project_id = ${projectId} and c.id > ${after}
      order by c.id limit ${PAGE}
    ), marks as (
      select f.check_id, f.created_at as at, f.id as flip_id, f.old_status as status, p.start_at
      from page p cross join flips f
      where f.check_id = p.id and f.created_at >= p.start_at and f.created_at < ${until}
      union all
      select p.id, cast(${until} as bigint), '',
        coalesce((select f.old_status from flips f where f.check_id = p.id and f.created_at >= ${until}
          order by f.created_at, f.id limit 1), p.status), p.start_at
      from page p where p.start_at < ${until}
    ), spans as (
      select check_id, status, at as end_at, coalesce(
        lag(at) over (partition by check_id order by at, flip_id), start_at) as start_at
      from marks
    ), watched as materialized (
      select check_id, status, end_at - start_at - coalesce((
        select sum(${overlap(sql`spans.start_at`, sql`spans.end_at`)}) from outages o
        where o.to_at > spans.start_at and o.from_at < spans.end_at
          and o.to_at - o.from_at >= ${SHORTEST_ABSENCE}), 0) as length
      from spans where end_at > start_at and status in ('up', 'down')
    ), sums as (
      select check_id,
        sum(case when status = 'up' then length else 0 end) as up,
        sum(case when status = 'down' then length else 0 end) as down,
        sum(case when status = 'down' and length > 0 then 1 else 0 end) as outages,
        max(case when status = 'down' then length else 0 end) as longest
      from watched group by check_id
    )
    select p.id, p.code, p.unique_key, p.name, p.environment, p.created_at, p.status,
      coalesce(sums.up, 0) as up, coalesce(sums.down, 0) as down,
      coalesce(sums.outages, 0) as outages, coalesce(sums.longest, 0) as longest,
      case when p.status = 'down' then (select max(f.created_at) from flips f
        where f.check_id = p.id and f.new_status = 'down') end as since
    from page p left join sums on sums.check_id = p.id
    order by p.id`.execute(db);
  return rows;
}
