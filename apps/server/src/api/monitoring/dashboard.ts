/** The figures of the user's dashboard, for every check of a project. */
import type { Kysely } from 'kysely';
import type { PresentedCheck } from '../../checks/manage.ts';
import { DAY, HOUR, hourOf } from '../../checks/rollup.ts';
import { tagsOf } from '../../checks/search.ts';
import { statusAt } from '../../checks/status.ts';
import { tierOf } from '../../probes/tiers.ts';
import type { Database } from '../../store/schema.ts';
import { HEALTHY, stamp } from './run-services.ts';

/** Checks that are down and listed. */
const MOST_FAILURES = 20;

/** Sums of one check over the times that the dashboard shows. */
interface Figures {
  successes7d: number;
  failures7d: number;
  failures24h: number;
  /** Of the current and the last hour: milliseconds. */
  runs: number;
  durations: number;
}

const NONE: Figures = { successes7d: 0, failures7d: 0, failures24h: 0, runs: 0, durations: 0 };

/** Everything that the dashboard shows. */
export function dashboardOf(
  checks: readonly PresentedCheck[],
  figures: ReadonlyMap<number, Figures>,
  now: number,
) {
  const statuses = new Map(checks.map((check) => [check.check_id, statusAt(check, now)]));
  const count = (wanted: (status: ReturnType<typeof statusAt>) => boolean): number =>
    [...statuses.values()].filter(wanted).length;
  const paused = count((status) => status === 'paused');
  const healthy = count((status) => HEALTHY.has(status));
  const rows = checks.map((check) =>
    serviceRow(check, statuses.get(check.check_id) ?? 'new', figures.get(check.check_id) ?? NONE, now),
  );
  return {
    health_percentage: percentage(healthy, checks.length - paused),
    summary: {
      total_checks: checks.length,
      healthy,
      down: count((status) => status === 'down'),
      paused,
      new: count((status) => status === 'new'),
    },
    recent_failures: checks
      .filter((check) => statuses.get(check.check_id) === 'down')
      .sort((a, b) => (b.down_since ?? 0) - (a.down_since ?? 0))
      .slice(0, MOST_FAILURES)
      .map((check) => ({ name: nameOf(check), last_ping: stampOrNull(check.last_ping), status: 'down' })),
    services: rows.sort(
      (a, b) => (a.tier ?? 99) - (b.tier ?? 99) || a.service_name.localeCompare(b.service_name),
    ),
    timestamp: stamp(now),
  };
}

/** One decimal; nothing that could be unhealthy is all well. */
export function percentage(healthy: number, counted: number): number {
  return counted <= 0 ? 100 : Math.round((1000 * healthy) / counted) / 10;
}

function serviceRow(check: PresentedCheck, status: string, figures: Figures, now: number) {
  const { successes7d, failures7d, failures24h, runs, durations } = figures;
  const ended = successes7d + failures7d;
  return {
    service_name: nameOf(check),
    status,
    tier: tierOf(tagsOf(check)),
    environment: check.environment,
    last_ping: stampOrNull(check.last_ping),
    seconds_since_ping:
      check.last_ping === null ? null : Math.max(0, Math.round((now - check.last_ping) / 1000)),
    /** Percent. */
    success_rate_7d: ended === 0 ? null : Math.round((1000 * successes7d) / ended) / 10,
    /** Seconds. */
    avg_response_time_1h: runs === 0 ? null : Math.round(durations / runs) / 1000,
    error_count_24h: failures24h,
  };
}

function nameOf(check: PresentedCheck): string {
  return check.name || check.slug || check.code;
}

function stampOrNull(at: number | null): string | null {
  return at === null ? null : stamp(at);
}

/** The sums of all checks of a project, from the roll-ups of whole hours and the counters of the current one. */
export async function figuresOf(
  db: Kysely<Database>,
  projectId: number,
  checks: readonly PresentedCheck[],
  now: number,
): Promise<Map<number, Figures>> {
  const thisHour = hourOf(now);
  const hours = await hourSums(db, projectId, thisHour - 7 * DAY);
  const figures = new Map<number, Figures>(checks.map((check) => [check.check_id, { ...NONE }]));
  for (const row of [...hours, ...checks.map((check) => ({ ...check, start_at: check.hour }))]) {
    const own = figures.get(row.check_id);
    if (own === undefined || row.start_at < thisHour - 7 * DAY) continue;
    own.successes7d += row.successes;
    own.failures7d += row.failures;
    if (row.start_at > thisHour - DAY) own.failures24h += row.failures;
    if (row.start_at < thisHour - HOUR) continue;
    own.runs += row.runs;
    own.durations += row.duration_sum;
  }
  return figures;
}

function hourSums(db: Kysely<Database>, projectId: number, from: number) {
  return db
    .selectFrom('rollups')
    .innerJoin('checks', 'checks.id', 'rollups.check_id')
    .select(['rollups.check_id', 'rollups.start_at', 'rollups.successes', 'rollups.failures'])
    .select(['rollups.runs', 'rollups.duration_sum'])
    .where('checks.project_id', '=', projectId)
    .where('rollups.period', '=', 'h')
    .where('rollups.start_at', '>=', from)
    .execute();
}
