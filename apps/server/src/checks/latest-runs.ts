/** How the last runs of several checks went. */
import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';
import { pingDurations, type RunPing } from './ping-durations.ts';

/** Runs of each check. */
const MOST_RUNS = 30;
/** Pings looked through for them, so that each may have had a start. 100 checks take some 20 ms. */
const LOOK_BACK = 2 * MOST_RUNS;

/** One run that ended. */
export interface EndedRun {
  /** The number of the ping that ended it. */
  n: number;
  /** Epoch milliseconds. */
  at: number;
  kind: 'success' | 'fail';
  /** Milliseconds; null = its start is not known. */
  duration: number | null;
}

/** A check by its names, with its last runs. */
export interface CheckRuns {
  code: string;
  unique_key: string;
  /** Oldest first. */
  runs: EndedRun[];
}

/**
 * The last runs of the project's checks with these UUIDs or unique keys; others are left out. `logLimit`: pings that
 * are kept of a check.
 */
export async function latestRuns(
  db: Kysely<Database>,
  options: { projectId: number; ids: readonly string[]; logLimit: number },
): Promise<CheckRuns[]> {
  const { projectId, ids, logLimit } = options;
  // One by one: by either name at once, the database would walk over all checks.
  const named = (name: 'code' | 'unique_key') =>
    db
      .selectFrom('checks')
      .select(['id', 'code', 'unique_key'])
      .where('project_id', '=', projectId)
      .where(name, 'in', ids);
  const checks = await named('code').union(named('unique_key')).execute();
  const lastPings = await pingsOf(
    db,
    checks.map(({ id }) => id),
    Math.min(logLimit, LOOK_BACK),
  );
  return Promise.all(
    checks.map(async ({ id, code, unique_key }) => ({
      code,
      unique_key,
      runs: await runsAmong(lastPings.get(id) ?? []),
    })),
  );
}

/** The latest pings of each check, newest first. */
async function pingsOf(
  db: Kysely<Database>,
  checkIds: readonly number[],
  count: number,
): Promise<Map<number, RunPing[]>> {
  if (checkIds.length === 0) return new Map();
  const pings = await db
    .selectFrom('check_states')
    .innerJoin('pings', 'pings.check_id', 'check_states.check_id')
    .select(['pings.check_id', 'pings.n', 'pings.created_at', 'pings.kind', 'pings.rid', 'pings.duration'])
    .where('check_states.check_id', 'in', checkIds)
    .where((e) => e('pings.n', '>', e('check_states.n_pings', '-', count)))
    .orderBy('pings.check_id')
    .orderBy('pings.n', 'desc')
    .execute();
  return Map.groupBy(pings, (ping) => ping.check_id);
}

async function runsAmong(pings: readonly RunPing[]): Promise<EndedRun[]> {
  // What began before these pings has no known start.
  const durations = await pingDurations(pings, async () => null);
  const runs = pings.flatMap(({ n, created_at: at, kind }): EndedRun[] =>
    kind === 'success' || kind === 'fail' ? [{ n, at, kind, duration: durations.get(n) ?? null }] : [],
  );
  return runs.slice(0, MOST_RUNS).reverse();
}
