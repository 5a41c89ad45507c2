import { databaseAddress } from '../../databases/database-address.ts';
import { openPostgres, POSTGRES_PORT } from '../../databases/postgres-session.ts';
import { defineProbe } from '../../kind.ts';
import { instanceOf } from '../../setting-types.ts';
import { measureActivity } from './activity.ts';
import { measureDatabases } from './database-statistics.ts';
import { measureReplication } from './replication.ts';
import { requireMonitorRole } from './rights.ts';
import { serverFacts } from './server-facts.ts';
import { settings } from './settings.ts';
import { measureTenants } from './tenants.ts';

/** A PostgreSQL server, 10 or newer, and tenants' databases on it. */
export const postgres = defineProbe({
  kind: 'postgres',
  title: 'PostgreSQL',
  up: 'pg_up',
  interval: 30,
  timeout: 10,
  settings,
  thresholds: [
    { metric: 'pg_connections_ratio', op: '>', warning: 0.8, critical: 0.95, for: 2 },
    { metric: 'pg_long_running_queries', op: '>', warning: 5, for: 2 },
    { metric: 'pg_replication_lag_seconds', op: '>', warning: 60, critical: 600, for: 2 },
    { metric: 'pg_replication_slot_retained_bytes', op: '>', warning: 5 * 2 ** 30 },
    { metric: 'pg_database_xid_age', op: '>', warning: 1_000_000_000, critical: 1_800_000_000 },
    { metric: 'pg_tenant_up', op: '<', warning: 1 },
  ],
  instance: ({ url }) => instanceOf(url, POSTGRES_PORT),
  async probe(settings, run) {
    const address = databaseAddress(settings, POSTGRES_PORT, run);
    await using session = await openPostgres(address, run);
    await run.phase('query', async () => {
      const facts = await serverFacts(session, run);
      requireMonitorRole(facts, settings, run);
      await measureActivity(session, facts, settings, run);
      await measureDatabases(session, facts, run);
      await measureReplication(session, facts, run);
    });
    if (settings.tenant_query === '' && settings.tenant_pattern === '') return;
    await run.phase('tenants', () => measureTenants(session, address, settings, run));
  },
});
