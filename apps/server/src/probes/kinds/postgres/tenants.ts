import type { DatabaseAddress } from '../../databases/database-address.ts';
import { openPostgres, type PostgresSession } from '../../databases/postgres-session.ts';
import { limited } from '../../databases/sql-table.ts';
import { asProbeFailure, ProbeFailure } from '../../failure.ts';
import type { Detail, ProbeRun } from '../../kind.ts';
import type { Settings } from './settings.ts';

/** Tenants that a probe knows, at most. */
const TENANTS = 1_000;

interface Tenant {
  database: string;
  /** Null where the query gives none. */
  id: string | null;
}

/**
 * Looks at some tenants' databases, each over a connection of its own, those that waited longest first. One that is
 * not well does not make the server so: `pg_tenant_up` is for thresholds, and keeps what was last known of the others.
 */
export async function measureTenants(
  session: PostgresSession,
  address: DatabaseAddress,
  settings: Settings,
  run: ProbeRun,
): Promise<void> {
  const tenants = await tenantsOf(session, settings);
  const known = knownIn(run.memory);
  const waiting = tenants.filter(({ database }) => !known.has(database));
  const order = [...known.keys()];
  const seen = tenants
    .filter(({ database }) => known.has(database))
    .sort((a, b) => order.indexOf(a.database) - order.indexOf(b.database));
  const turn = [...waiting, ...seen].slice(0, settings.tenants_per_run);
  const details: Detail[] = [];
  for (const [done, tenant] of turn.entries()) {
    const failure = await lookAt(tenant, address, run, run.timeLeft() / (turn.length - done + 1));
    // Put last: the order of the map is that of the looks.
    known.delete(tenant.database);
    known.set(tenant.database, failure === null);
    details.push(detailOf(tenant, failure));
  }
  const names = new Set(tenants.map(({ database }) => database));
  for (const [datname, isWell] of known) {
    if (names.has(datname)) run.measure('pg_tenant_up', isWell ? 1 : 0, { datname });
    else known.delete(datname);
  }
  run.measure('pg_tenants', tenants.length);
  run.detail('tenant_databases', details);
}

async function tenantsOf(session: PostgresSession, settings: Settings): Promise<Tenant[]> {
  const tenants = settings.tenant_query === '' ? byPattern(session, settings) : byQuery(session, settings);
  return (await tenants).slice(0, TENANTS);
}

async function byPattern(session: PostgresSession, { tenant_pattern }: Settings): Promise<Tenant[]> {
  const like = tenant_pattern.replaceAll(/[\\%_]/g, '\\$&').replaceAll('*', '%');
  const rows = await session.rows<{ name: string }>(
    `select datname::text as name from pg_database where datname like $1 and not datistemplate order by 1 limit ${TENANTS}`,
    [like],
  );
  return rows.map(({ name }) => ({ database: name, id: null }));
}

async function byQuery(session: PostgresSession, { tenant_query }: Settings): Promise<Tenant[]> {
  await session.rows('begin read only');
  const { columns, rows } = await session.table(limited(tenant_query, TENANTS));
  await session.rows('rollback');
  const position = (wanted: string): number => columns.findIndex(({ name }) => name === wanted);
  const name = position('database');
  if (name === -1)
    throw new ProbeFailure('config', 'the query of tenant databases gives no column named database');
  const id = position('tenant_id');
  return rows.map((row) => ({ database: String(row[name]), id: id === -1 ? null : String(row[id]) }));
}

/** Null = it is well. `within` milliseconds. */
async function lookAt(
  { database }: Tenant,
  address: DatabaseAddress,
  run: ProbeRun,
  within: number,
): Promise<ProbeFailure | null> {
  const own = new AbortController();
  const timer = setTimeout(() => own.abort(), within);
  const signal = AbortSignal.any([run.signal, own.signal]);
  const timeLeft = (): number => Math.min(run.timeLeft(), within);
  try {
    const part: ProbeRun = { ...run, signal, timeLeft, phase: (_, work) => work() };
    await using session = await openPostgres({ ...address, database }, part);
    await session.rows('select 1');
    return null;
  } catch (error) {
    if (!own.signal.aborted) return asProbeFailure(error);
    return new ProbeFailure('timeout', `no answer within ${Math.round(within)} ms`);
  } finally {
    clearTimeout(timer);
  }
}

function detailOf({ database, id }: Tenant, failure: ProbeFailure | null): Detail {
  return {
    ...(id === null ? {} : { tenant_id: id }),
    database,
    status: failure === null ? 'healthy' : 'unhealthy',
    ...(failure === null ? {} : { error: failure.message, reason: failure.reason }),
  };
}

function knownIn(memory: Map<string, unknown>): Map<string, boolean> {
  const kept = memory.get('tenants');
  if (kept instanceof Map) return kept;
  const known = new Map<string, boolean>();
  memory.set('tenants', known);
  return known;
}
