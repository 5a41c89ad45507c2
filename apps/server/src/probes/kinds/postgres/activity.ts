import type { PostgresSession } from '../../databases/postgres-session.ts';
import type { ProbeRun } from '../../kind.ts';
import type { ServerFacts } from './server-facts.ts';
import type { Settings } from './settings.ts';
import { countSlowQueries } from './slow-queries.ts';

/**
 * Sessions of clients. To a user without the role pg_read_all_stats, those of others show no kind and no state, but
 * they are there.
 */
const CLIENTS = `datname is not null and coalesce(backend_type, 'client backend') = 'client backend'`;

const SESSIONS = `
  select datname::text, coalesce(state, 'unknown') as state, count(*)::float8 as sessions,
    (max(extract(epoch from clock_timestamp() - xact_start)) filter (where pid <> pg_backend_pid()))::float8 as longest,
    to_char(max(state_change) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "lastActivity"
  from pg_stat_activity where ${CLIENTS} group by 1, 2 limit 1000`;

interface SessionsRow {
  datname: string;
  state: string;
  sessions: number;
  longest: number | null;
  lastActivity: string | null;
}

/** Sessions, the oldest transactions and slow queries. */
export async function measureActivity(
  session: PostgresSession,
  facts: ServerFacts,
  settings: Settings,
  run: ProbeRun,
): Promise<void> {
  const rows = await session.rows<SessionsRow>(SESSIONS);
  for (const { datname, state, sessions, longest } of rows) {
    run.measure('pg_stat_activity_count', sessions, { datname, state });
    // Null where no transaction is open.
    if (facts.seesAll) run.measure('pg_stat_activity_max_tx_duration', longest ?? 0, { datname, state });
  }
  const used = rows.reduce((sum, { sessions }) => sum + sessions, 0);
  run.measure('pg_connections_ratio', used / (facts.maxConnections - facts.reserved));
  const own = rows.filter(({ datname }) => datname === facts.database);
  run.detail(
    'active_connections',
    own.reduce((sum, { sessions }) => sum + sessions, 0),
  );
  const times = own.flatMap(({ lastActivity }) => lastActivity ?? []).sort();
  run.detail('last_activity', times.at(-1) ?? null);
  if (facts.seesAll) await countSlowQueries(session, settings.slow_after, run);
}
