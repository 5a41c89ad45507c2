import assert from 'node:assert/strict';
import { chownSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { postgres } from '../../src/probes/kinds/postgres/probe.ts';
import { makeAuthority } from '../../src/probes/testing/certificates.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../src/probes/testing/probing.ts';
import { startStandby } from '../support/peers/postgres-standby.ts';
import { type Postgres, startPostgres, unprivileged } from '../support/postgres.ts';
import { until } from '../support/until.ts';

let server: Postgres;
let admin: pg.Client;

/** The server's address for another user, password or database. */
function address(parts: { user?: string; password?: string; database?: string }): string {
  const url = new URL(server.url);
  url.username = parts.user ?? 'watcher';
  url.password = parts.password ?? 'right';
  if (parts.database !== undefined) url.pathname = parts.database;
  return url.href;
}

async function setting(name: string): Promise<string> {
  const { rows } = await admin.query<{ value: string }>('select current_setting($1) as value', [name]);
  return rows[0]?.value ?? '';
}

before(async () => {
  server = await startPostgres();
  admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query(`create role watcher login password 'right' in role pg_monitor`);
  await admin.query(`create role stranger login password 'right'`);
  for (const name of ['tenant_a', 'tenant_b', 'tenant_c', 'tenant_d'])
    await admin.query(`create database ${name}`);
  const rules = await setting('hba_file');
  const strict = 'host all watcher,stranger 127.0.0.1/32 scram-sha-256\n';
  writeFileSync(rules, strict + readFileSync(rules, 'utf8'));
  await admin.query('select pg_reload_conf()');
});

after(async () => {
  admin.on('error', () => undefined);
  await admin.end().catch(() => undefined);
  await server.close();
});

/** Sessions that a probe left behind. */
async function leftOver(): Promise<number> {
  const { rows } = await admin.query<{ n: number }>(
    `select count(*)::int as n from pg_stat_activity where application_name = 'vigie'`,
  );
  return rows[0]?.n ?? -1;
}

test('a server that is well: what it measures is true, and nothing stays', async () => {
  const result = await probing(postgres, { url: address({}) });
  assertWell(result);
  const values = valuesOf(result);
  const size = await admin.query<{ size: number }>(
    'select pg_database_size(current_database())::float8 as size',
  );
  assert.equal(values['pg_database_size_bytes{datname="vigie"}'], size.rows[0]?.size);
  assert.equal(values['pg_settings_max_connections'], 100);
  // Of 97 for ordinary users: this test's own and the probe's.
  assert.equal(values['pg_connections_ratio'], 2 / 97);
  assert.equal(values['pg_stat_activity_count{datname="vigie",state="active"}'], 1);
  assert.equal(values['pg_long_running_queries'], 0);
  assert.equal(values['pg_replication_is_replica'], 0);
  assert.ok((values['pg_stat_database_xact_commit{datname="vigie"}'] ?? 0) > 0);
  assert.ok((values['pg_database_xid_age{datname="vigie"}'] ?? 0) > 0);
  const { details } = result;
  assert.equal(details['active_connections'], 2);
  assert.equal(details['slow_queries'], 0);
  assert.equal(details['version'], await setting('server_version'));
  assert.ok(Math.abs(Date.parse(String(details['last_activity'])) - Date.now()) < 60_000);
  assert.equal(typeof details['database_size_mb'], 'number');
  assert.deepEqual(
    result.phases.map(([name]) => name),
    ['resolve', 'connect', 'greeting', 'auth', 'query', 'query'],
  );
  await until('no session is left', 2_000, async () => (await leftOver()) === 0);
});

test('each refusal of the real server has its reason, and none tells the password', async () => {
  const cases = [
    [address({ password: 'wr0ng' }), 'auth', /password authentication failed/],
    [address({ password: '' }), 'auth', /password/],
    [address({ user: 'nobody' }), 'auth', /./],
    [address({ database: 'nowhere' }), 'not_found', /"nowhere" does not exist/],
    [address({ user: 'stranger' }), 'forbidden', /GRANT pg_monitor TO stranger/],
  ] as const;
  for (const [url, reason, message] of cases) {
    const said = assertFailed(await probing(postgres, { url }), reason, message);
    assert.ok(!said.includes('wr0ng'), said);
  }
  await admin.query('revoke connect on database tenant_d from public');
  assertFailed(
    await probing(postgres, { url: address({ user: 'stranger', database: 'tenant_d' }) }),
    'forbidden',
  );
  await admin.query('alter role stranger connection limit 0');
  assertFailed(
    await probing(postgres, { url: address({ user: 'stranger' }) }),
    'limit',
    /too many connections/,
  );
  await admin.query('alter role stranger connection limit -1');
});

test('with missing rights allowed, what cannot be seen is left out rather than nought', async () => {
  const result = await probing(postgres, { url: address({ user: 'stranger' }), require_rights: false });
  assertWell(result);
  const values = valuesOf(result);
  assert.equal(values['pg_long_running_queries'], undefined);
  assert.equal(values['pg_connections_ratio'], 2 / 97);
  assert.deepEqual(result.details['missing_rights'], ['pg_monitor']);
});

test('a password with signs of an address comes from a secret', async () => {
  await admin.query(`alter role watcher password 'p@ss/w:rd#%'`);
  const url = address({}).replace('right', '$' + '{secret:DB}');
  assertWell(await probing(postgres, { url }, { secret: () => 'p@ss/w:rd#%' }));
  await admin.query(`alter role watcher password 'right'`);
});

test('long transactions and slow queries are seen, each slow query once', async () => {
  const busy = new pg.Client({ connectionString: server.url });
  await busy.connect();
  try {
    await busy.query('begin');
    const sleeping = busy.query('select pg_sleep(60)').catch(() => undefined);
    const memory = new Map();
    const run = () => probing(postgres, { url: address({}), slow_after: 0.2 }, { memory });
    const seen = await until('the query is slow', 5_000, async () => {
      const result = await run();
      return valuesOf(result)['pg_long_running_queries'] === 1 && result;
    });
    assert.equal(seen.details['slow_queries'], 1);
    const again = valuesOf(await run());
    assert.equal(again['pg_slow_queries_total'], 1);
    assert.ok((again['pg_stat_activity_max_tx_duration{datname="vigie",state="active"}'] ?? 0) > 0.2);
    await admin.query('select pg_cancel_backend($1)', [Reflect.get(busy, 'processID')]);
    await sleeping;
  } finally {
    await busy.end();
  }
});

test('tenants come from a pattern or a query, take turns, and one that is ill is named', async () => {
  const memory = new Map();
  const pattern = { url: address({}), tenant_pattern: 'tenant_*', tenants_per_run: 3 };
  const first = await probing(postgres, pattern, { memory });
  assertWell(first);
  const names = (details: unknown): unknown[] =>
    Array.isArray(details)
      ? details.map((detail: { database: string; status: string }) => [detail.database, detail.status])
      : [];
  assert.deepEqual(names(first.details['tenant_databases']), [
    ['tenant_a', 'healthy'],
    ['tenant_b', 'healthy'],
    ['tenant_c', 'healthy'],
  ]);
  // Its connections were revoked above.
  const second = await probing(postgres, pattern, { memory });
  assert.deepEqual(names(second.details['tenant_databases']), [
    ['tenant_d', 'unhealthy'],
    ['tenant_a', 'healthy'],
    ['tenant_b', 'healthy'],
  ]);
  assert.equal(valuesOf(second)['pg_tenant_up{datname="tenant_d"}'], 0);
  assert.equal(valuesOf(second)['pg_tenant_up{datname="tenant_c"}'], 1);
  await admin.query('drop database tenant_c');
  const third = await probing(postgres, pattern, { memory });
  assert.equal(valuesOf(third)['pg_tenant_up{datname="tenant_c"}'], undefined);
  const tenant_query = `values (7, 'tenant_b'), (8, 'gone') -- id, name`;
  const asked = {
    url: address({}),
    tenant_query: `select * from (${tenant_query}\n) as t (tenant_id, database);`,
  };
  const byQuery = await probing(postgres, asked);
  assertWell(byQuery);
  assert.deepEqual(byQuery.details['tenant_databases'], [
    { tenant_id: '7', database: 'tenant_b', status: 'healthy' },
    {
      tenant_id: '8',
      database: 'gone',
      status: 'unhealthy',
      error: `PostgreSQL at ${new URL(server.url).host} says: database "gone" does not exist (3D000)`,
      reason: 'not_found',
    },
  ]);
  const writing = { url: address({ user: 'vigie' }), tenant_query: 'drop database tenant_a' };
  assertFailed(await probing(postgres, writing), 'config');
  const nameless = { url: address({}), tenant_query: 'select 1 as one' };
  assertFailed(await probing(postgres, nameless), 'config', /no column named database/);
});

test('a standby tells its lag, a primary its standbys and slots; a standby without a primary is ill', async () => {
  await using standby = await startStandby(server.url, 'vigie_slot');
  const follows = await until('the standby has caught up', 10_000, async () => {
    const result = await probing(postgres, { url: standby.url });
    return valuesOf(result)['pg_replication_lag_seconds'] === 0 && result;
  });
  assertWell(follows);
  assert.equal(follows.details['role'], 'replica');
  const values = valuesOf(await probing(postgres, { url: address({}) }));
  const sending = Object.keys(values).filter((name) =>
    name.startsWith('pg_stat_replication_pg_wal_lsn_diff{'),
  );
  assert.equal(sending.length, 1);
  const labels = '{slot_name="vigie_slot",slot_type="physical"}';
  assert.equal(values[`pg_replication_slot_active${labels}`], 1);
  assert.ok(Number.isFinite(values[`pg_replication_slot_retained_bytes${labels}`]));
  const alone = new pg.Client({ connectionString: standby.url });
  await alone.connect();
  await alone.query(`alter system set primary_conninfo = ''`);
  await alone.query('select pg_reload_conf()');
  const ill = await until('it receives nothing', 10_000, async () => {
    const result = await probing(postgres, { url: standby.url });
    return result.failure !== null && result;
  });
  assertFailed(ill, 'unhealthy', /receives nothing/);
  await alone.end();
  await admin.query(`select pg_drop_replication_slot('vigie_slot')`).catch(() => undefined);
});

test("TLS with the server's real certificate, or not at all", async () => {
  const folder = await setting('data_directory');
  using authority = makeAuthority();
  const install = async (name: string, days?: number): Promise<void> => {
    authority.issue(name, days);
    for (const [from, to] of [
      [`${name}.pem`, 'server.crt'],
      [`${name}.key`, 'server.key'],
    ] as const) {
      copyFileSync(join(authority.folder, from), join(folder, to));
      const identity = unprivileged();
      if (identity !== null) chownSync(join(folder, to), identity.uid, identity.gid);
    }
    await admin.query('alter system set ssl = on');
    await admin.query('select pg_reload_conf()');
  };
  const encrypted = { url: address({}), tls: true, tls_ca: authority.ca };
  assertFailed(await probing(postgres, encrypted), 'tls', /does not speak TLS/);
  await install('127.0.0.1');
  const well = await until('it speaks TLS', 5_000, async () => {
    const result = await probing(postgres, encrypted);
    return result.failure === null && result;
  });
  assert.ok(well.phases.some(([name]) => name === 'tls'));
  assertFailed(await probing(postgres, { ...encrypted, tls_ca: '' }), 'tls', /not trusted/);
  assertFailed(await probing(postgres, { url: `${address({})}?sslmode=verify-full` }), 'tls', /not trusted/);
  await install('127.0.0.1', -1);
  await until('the certificate has expired', 5_000, async () => {
    const { failure } = await probing(postgres, encrypted);
    return failure?.reason === 'tls' && /expired/.test(failure.message);
  });
});

test('a server that is stopped refuses', async () => {
  await admin.end();
  await server.close();
  const result = await probing(postgres, { url: address({}) });
  assertFailed(result, 'refused', /refused the connection/);
  assert.deepEqual(result.samples, []);
});
