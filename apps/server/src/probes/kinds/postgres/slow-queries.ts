import type { PostgresSession } from '../../databases/postgres-session.ts';
import type { ProbeRun } from '../../kind.ts';

/** Queries beyond the limit that are told apart in one run. */
const LIMIT = 1000;

const SLOW = `
  select pid || ' ' || extract(epoch from query_start) as query, state
  from pg_stat_activity
  where backend_type = 'client backend' and state <> 'idle' and pid <> pg_backend_pid()
    and query_start < clock_timestamp() - make_interval(secs => $1)
  order by query_start limit ${LIMIT}`;

/** What one probe remembers of slow queries. */
interface Seen {
  queries: ReadonlySet<string>;
  total: number;
}

/**
 * Counts queries that have been running for more than `seconds`; each once in `pg_slow_queries_total`, which begins
 * with 0 when the server does.
 */
export async function countSlowQueries(
  session: PostgresSession,
  seconds: number,
  run: ProbeRun,
): Promise<void> {
  const rows = await session.rows<{ query: string; state: string }>(SLOW, [seconds]);
  const before = seenIn(run.memory);
  const queries = new Set(rows.map(({ query }) => query));
  const total = before.total + [...queries].filter((query) => !before.queries.has(query)).length;
  run.memory.set('slow', { queries, total } satisfies Seen);
  run.measure('pg_slow_queries_total', total);
  run.measure('pg_long_running_queries', queries.size);
  run.detail('slow_queries', rows.filter(({ state }) => state === 'active').length);
}

function seenIn(memory: Map<string, unknown>): Seen {
  const kept = memory.get('slow');
  return isSeen(kept) ? kept : { queries: new Set(), total: 0 };
}

function isSeen(kept: unknown): kept is Seen {
  return typeof kept === 'object' && kept !== null && 'queries' in kept && 'total' in kept;
}
