import type { PostgresSession } from '../../databases/postgres-session.ts';
import type { ProbeRun } from '../../kind.ts';
import type { ServerFacts } from './server-facts.ts';

/** Databases that are measured one by one. */
const DATABASES = 500;
/** Runs between two looks at sizes, which make the server look at every file. */
const SIZES_EVERY = 10;

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
  select datname::text, pg_database_size(oid)::float8 as size from pg_database
  where not datistemplate and datallowconn
    and (has_database_privilege(oid, 'CONNECT') or pg_has_role('pg_read_all_stats', 'member'))
  order by datname = current_database() desc, datname limit ${DATABASES}`;

type Statistics = { datname: string; xidAge: number } & Record<(typeof COUNTERS)[number], number>;
type Sizes = { datname: string; size: number }[];

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
  for (const { datname, size } of await sizes(session, run.memory)) {
    run.measure('pg_database_size_bytes', size, { datname });
    if (datname === facts.database) run.detail('database_size_mb', Math.round(size / 10_485.76) / 100);
  }
}

/** The last known ones, renewed every tenth run. */
async function sizes(session: PostgresSession, memory: Map<string, unknown>): Promise<Sizes> {
  const kept = memory.get('sizes');
  const { age, rows } = isKept(kept) ? kept : { age: SIZES_EVERY, rows: [] };
  const found = age < SIZES_EVERY ? rows : await session.rows<Sizes[number]>(SIZES);
  memory.set('sizes', { age: age < SIZES_EVERY ? age + 1 : 1, rows: found });
  return found;
}

function isKept(kept: unknown): kept is { age: number; rows: Sizes } {
  return typeof kept === 'object' && kept !== null && 'age' in kept && 'rows' in kept;
}
