import type { PostgresSession } from '../../databases/postgres-session.ts';
import { sizes } from '../../databases/sizes.ts';
import type { ProbeRun } from '../../kind.ts';
import type { ServerFacts } from './server-facts.ts';

/** Databases that are measured one by one. */
const DATABASES = 500;
/** Exporter's names, after `pg_stat_database_`. */
const COUNTERS = [
  'numbackends',
  'xact_commit',
  'xact_rollback',
  'blks_read',
  'blks_hit',
  'temp_bytes',
  'deadlocks',
] as const;

const STATISTICS = `
  select s.datname::text, age(d.datfrozenxid)::float8 as "xidAge",
    ${COUNTERS.map((name) => `s.${name}::float8`).join(', ')}
  from pg_stat_database s join pg_database d on d.oid = s.datid
  order by d.datname = current_database() desc, s.numbackends desc, s.datname limit ${DATABASES}`;

const SIZES = `
  select datname::text as name, pg_database_size(oid)::float8 as bytes from pg_database
  where not datistemplate and datallowconn
    and (has_database_privilege(oid, 'CONNECT') or pg_has_role('pg_read_all_stats', 'member'))
  order by datname = current_database() desc, datname limit ${DATABASES}`;

type Statistics = { datname: string; xidAge: number } & Record<(typeof COUNTERS)[number], number>;

/** What databases count, their sizes and how old their oldest transaction numbers are. */
export async function measureDatabases(
  session: PostgresSession,
  facts: ServerFacts,
  run: ProbeRun,
): Promise<void> {
  for (const row of await session.rows<Statistics>(STATISTICS)) {
    const { datname } = row;
    for (const name of COUNTERS) run.measure(`pg_stat_database_${name}`, row[name], { datname });
    run.measure('pg_database_xid_age', row.xidAge, { datname });
  }
  for (const { name, bytes } of await sizes(run.memory, () => session.rows(SIZES))) {
    run.measure('pg_database_size_bytes', bytes, { datname: name });
    if (name === facts.database) run.detail('database_size_mb', Math.round(bytes / 10_485.76) / 100);
  }
}
