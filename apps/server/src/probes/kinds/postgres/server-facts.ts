import type { PostgresSession } from '../../databases/postgres-session.ts';
import { ProbeFailure } from '../../failure.ts';
import type { ProbeRun } from '../../kind.ts';

/** What the other questions depend on. */
export interface ServerFacts {
  version: string;
  /** The database that the session is in. */
  database: string;
  /** Whom the session is. */
  user: string;
  isReplica: boolean;
  /** Whether all sessions and databases may be seen (the role pg_read_all_stats, which pg_monitor includes). */
  seesAll: boolean;
  maxConnections: number;
  /** Connections that are kept for superusers. */
  reserved: number;
}

const FACTS = `
  select 1 as one, current_setting('server_version') as version, current_database()::text as database,
    current_user::text as "user", pg_is_in_recovery() as "isReplica",
    pg_has_role('pg_read_all_stats', 'member') as "seesAll",
    current_setting('max_connections')::float8 as "maxConnections",
    current_setting('superuser_reserved_connections')::float8 as reserved,
    extract(epoch from pg_postmaster_start_time())::float8 as started`;

/** Asks the server about itself. @throws ProbeFailure when it does not answer sensibly. */
export async function serverFacts(session: PostgresSession, run: ProbeRun): Promise<ServerFacts> {
  const [facts] = await session.rows<ServerFacts & { one: number; started: number }>(FACTS);
  if (facts?.one !== 1) throw new ProbeFailure('unhealthy', 'SELECT 1 did not give 1');
  run.detail('version', facts.version);
  run.detail('role', facts.isReplica ? 'replica' : 'primary');
  run.measure('pg_settings_max_connections', facts.maxConnections);
  run.measure('pg_replication_is_replica', facts.isReplica ? 1 : 0);
  run.measure('pg_postmaster_start_time_seconds', facts.started);
  return facts;
}
