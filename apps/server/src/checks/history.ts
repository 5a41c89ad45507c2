/** The past of a check: flips in pages, and sums by hour and day up to this moment. */
import type { Kysely } from 'kysely';
import type { Database, FlipRow, RollupRow } from '../store/schema.ts';
import type { Check } from './model.ts';
import { countDown, DAY, HOUR, hourOf, rollTo } from './rollup.ts';

export interface FlipPosition {
  at: number;
  id: string;
}

export interface FlipPageOptions {
  /** Epoch milliseconds; `until` is not included. */
  from?: number;
  until?: number;
  after: FlipPosition | null;
  limit: number;
}

/** Flips of a check, newest first. */
export async function flipPage(
  db: Kysely<Database>,
  checkId: number,
  options: FlipPageOptions,
): Promise<FlipRow[]> {
  const { from, until, after, limit } = options;
  let query = db.selectFrom('flips').selectAll().where('check_id', '=', checkId);
  if (from !== undefined) query = query.where('created_at', '>=', from);
  if (until !== undefined) query = query.where('created_at', '<', until);
  if (after !== null) {
    query = query.where((e) =>
      e.or([e('created_at', '<', after.at), e.and([e('created_at', '=', after.at), e('id', '<', after.id)])]),
    );
  }
  return query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

export type Sums = Omit<RollupRow, 'check_id' | 'period' | 'start_at'>;

export interface HistoryEntry {
  start: number;
  sums: Sums;
  /** Part of the time it was not down, 0 to 1; null = the check did not exist. */
  uptime: number | null;
}

export interface HistoryRange {
  period: 'h' | 'd';
  /** Epoch milliseconds, on the hour or the day; `until` is not included. */
  from: number;
  until: number;
}

type HistoryCheck = Check & { created_at: number };

/** The sums of a check, oldest first, up to `now`. Hours and days with nothing to tell are left out. */
export async function historyOf(
  db: Kysely<Database>,
  check: HistoryCheck,
  range: HistoryRange,
  now: number,
): Promise<{ entries: HistoryEntry[]; total: Omit<HistoryEntry, 'start'> }> {
  const { period, from, until } = range;
  const rows = await db
    .selectFrom('rollups')
    .selectAll()
    .where('check_id', '=', check.check_id)
    .where('period', '=', period)
    .where('start_at', '>=', from)
    .where('start_at', '<', until)
    .execute();
  const sums = new Map<number, Sums>();
  for (const row of [...rows, ...openRows(check, now)]) {
    if (row.period !== period || row.start_at < from || row.start_at >= until) continue;
    sums.set(row.start_at, added(sums.get(row.start_at), row));
  }
  const length = period === 'h' ? HOUR : DAY;
  const entries = [...sums]
    .sort(([a], [b]) => a - b)
    .map(([start, own]) => ({
      start,
      sums: own,
      uptime: uptime(own, check, start, Math.min(start + length, now)),
    }));
  const total = entries.reduce((sum, entry) => added(sum, entry.sums), NOTHING);
  return { entries, total: { sums: total, uptime: uptime(total, check, from, Math.min(until, now)) } };
}

/** What the check's own row still holds: hours that nobody closed yet, and the one that runs. */
function openRows(check: HistoryCheck, now: number): RollupRow[] {
  const live = { ...check };
  const rows = rollTo(live, now);
  countDown(live, live.hour, now);
  live.down_since = null;
  return [...rows, ...rollTo(live, hourOf(now) + HOUR)];
}

const NOTHING: Sums = {
  successes: 0,
  failures: 0,
  starts: 0,
  logs: 0,
  ignored: 0,
  runs: 0,
  duration_sum: 0,
  duration_max: 0,
  down_ms: 0,
};

function added(sum: Sums = NOTHING, row: Sums): Sums {
  return {
    successes: sum.successes + row.successes,
    failures: sum.failures + row.failures,
    starts: sum.starts + row.starts,
    logs: sum.logs + row.logs,
    ignored: sum.ignored + row.ignored,
    runs: sum.runs + row.runs,
    duration_sum: sum.duration_sum + row.duration_sum,
    duration_max: Math.max(sum.duration_max, row.duration_max),
    down_ms: sum.down_ms + row.down_ms,
  };
}

function uptime(sums: Sums, check: HistoryCheck, from: number, until: number): number | null {
  const span = until - Math.max(from, check.created_at);
  return span <= 0 ? null : Math.min(1, Math.max(0, 1 - sums.down_ms / span));
}
