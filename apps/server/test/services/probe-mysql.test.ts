import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { mysql } from '../../src/probes/kinds/mysql/probe.ts';
import { makeAuthority } from '../../src/probes/testing/certificates.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../src/probes/testing/probing.ts';
import { type MariaDb, startMariaDb } from '../support/peers/mariadb.ts';
import { until } from '../support/until.ts';

let server: MariaDb;
const GRANTS = 'process, replication client, slave monitor, binlog monitor, select';

before(async () => {
  server = await startMariaDb('--server-id=1', '--log-bin=bin');
  await server.admin(
    'create database app',
    'create table app.t (n int primary key)',
    'insert into app.t values (1), (2)',
    `create user watcher@'127.0.0.1' identified by 'right'`,
    `grant ${GRANTS} on *.* to watcher@'127.0.0.1'`,
    `create user stranger@'127.0.0.1' identified by 'right'`,
    `create user copier@'127.0.0.1' identified by 'right'`,
    `grant replication slave on *.* to copier@'127.0.0.1'`,
  );
});
after(() => server.stop());

const address = ({
  user = 'watcher',
  password = 'right',
  database = 'app',
  port = server.port,
} = {}): string => `mysql://${user}:${password}@127.0.0.1:${port}/${database}`;

async function aborted(): Promise<unknown> {
  return server.admin(`show global status where variable_name in ('Aborted_clients', 'Aborted_connects')`);
}

test('a server that is well: what it measures is true, and it takes leave as a client should', async () => {
  const before = await aborted();
  const result = await probing(mysql, { url: address() });
  assertWell(result);
  const values = valuesOf(result);
  assert.equal(values['mysql_global_variables_max_connections'], 151);
  assert.equal(values['mysql_global_status_threads_connected'], 1);
  assert.equal(values['mysql_connections_ratio'], 1 / 151);
  assert.equal(values['mysql_global_status_innodb_deadlocks'], 0);
  assert.ok((values['mysql_info_schema_table_size_bytes{schema="app"}'] ?? 0) >= 16_384);
  assert.equal(values['mysql_long_running_queries'], 0);
  assert.equal(values['mysql_info_schema_innodb_trx_longest_seconds'], 0);
  assert.match(String(result.details['version']), /MariaDB/);
  assert.equal(result.details['role'], 'primary');
  assert.deepEqual(result.details['missing_rights'], []);
  assert.deepEqual(await aborted(), before);
  const phases = result.phases.map(([name]) => name);
  assert.deepEqual(phases, ['resolve', 'connect', 'greeting', 'auth', 'query', 'query']);
});

test('each refusal of the real server has its reason, and none tells the password', async () => {
  const cases = [
    [address({ password: 'wr0ng' }), 'auth', /Access denied/],
    [address({ password: '' }), 'auth', /Access denied/],
    [address({ user: 'nobody' }), 'auth', /Access denied/],
    [address({ database: 'nowhere' }), 'not_found', /nowhere/],
    [address({ user: 'stranger' }), 'forbidden', /Access denied/],
    [address({ user: 'stranger', database: '' }), 'forbidden', /GRANT PROCESS ON \*\.\*/],
  ] as const;
  for (const [url, reason, message] of cases) {
    const said = assertFailed(await probing(mysql, { url }), reason, message);
    assert.ok(!said.includes('wr0ng'), said);
  }
  await server.admin(`grant process on *.* to stranger@'127.0.0.1'`);
  const said = await probing(mysql, { url: address({ user: 'stranger', database: '' }) });
  assertFailed(said, 'forbidden', /GRANT SLAVE MONITOR ON \*\.\*/);
  await server.admin(`revoke process on *.* from stranger@'127.0.0.1'`);
  await server.admin(`alter user stranger@'127.0.0.1' account lock`);
  assertFailed(await probing(mysql, { url: address({ user: 'stranger', database: '' }) }), 'auth');
  await server.admin(`alter user stranger@'127.0.0.1' account unlock`);
  await server.admin('set global max_connections = 10');
  const others = await Promise.all(
    Array.from({ length: 10 }, () =>
      createConnection({ host: '127.0.0.1', port: server.port, user: 'watcher', password: 'right' }),
    ),
  );
  assertFailed(await probing(mysql, { url: address() }), 'limit', /Too many connections/);
  for (const other of others) await other.end();
  await server.admin('set global max_connections = 151');
});

test('with missing rights allowed, what cannot be seen is left out rather than nought', async () => {
  const url = address({ user: 'stranger', database: '' });
  const result = await probing(mysql, { url, require_rights: false });
  assertWell(result);
  const values = valuesOf(result);
  assert.equal(values['mysql_long_running_queries'], undefined);
  assert.equal(
    Object.keys(values).some((name) => name.includes('table_size')),
    false,
  );
  assert.equal(values['mysql_global_status_threads_connected'], 1);
  assert.deepEqual(result.details['missing_rights'], ['PROCESS', 'SELECT', 'SLAVE MONITOR']);
});

test('slow queries and long transactions are seen', async () => {
  const options = { host: '127.0.0.1', port: server.port, user: 'root', database: 'app' };
  const busy = await createConnection(options);
  try {
    await busy.query('start transaction');
    await busy.query('insert into t values (9)');
    const sleeping = busy.query('select sleep(60)').catch(() => undefined);
    await until('they are seen', 10_000, async () => {
      // InnoDB renews what it shows of transactions only when nobody has looked for 0.1 s.
      await delay(150);
      const values = valuesOf(await probing(mysql, { url: address(), slow_after: 1 }));
      const longest = values['mysql_info_schema_innodb_trx_longest_seconds'] ?? 0;
      return values['mysql_long_running_queries'] === 1 && longest >= 1;
    });
    await server.admin(`kill ${busy.threadId}`);
    await sleeping;
  } finally {
    busy.destroy();
  }
});

test('a replica tells its lag; one that cannot go on is ill, and says why', async () => {
  await using replica = await startMariaDb('--server-id=2');
  const source = `master_host='127.0.0.1', master_port=${server.port}, master_user='copier'`;
  await replica.admin(
    `create user watcher@'127.0.0.1' identified by 'right'`,
    `grant ${GRANTS} on *.* to watcher@'127.0.0.1'`,
    `change master to ${source}, master_password='right', master_use_gtid=slave_pos`,
    // What the source did before is left out: the replica has no table of it.
    `set global gtid_slave_pos = '${await position()}'`,
    'start slave',
  );
  const url = address({ port: replica.port, database: '' });
  const follows = await until('it follows', 10_000, async () => {
    const result = await probing(mysql, { url });
    return result.failure === null && result;
  });
  assert.equal(follows.details['role'], 'replica');
  assert.equal(valuesOf(follows)['mysql_slave_status_seconds_behind_master{channel_name=""}'], 0);
  await server.admin('insert into app.t values (3)');
  const ill = await until('it stands still', 10_000, async () => {
    const result = await probing(mysql, { url });
    return result.failure !== null && result;
  });
  assertFailed(ill, 'unhealthy', /nothing is applied \(.*app\.t/s);
  assert.equal(valuesOf(ill)['mysql_slave_status_slave_sql_running{channel_name=""}'], 0);
});

async function position(): Promise<string> {
  const rows = await server.admin('select @@gtid_binlog_pos as position');
  return Array.isArray(rows) ? String(rows[0].position) : '';
}

test('TLS with a real certificate, or not at all', async () => {
  using authority = makeAuthority();
  authority.issue('127.0.0.1');
  chmodSync(authority.folder, 0o755);
  for (const file of ['ca.pem', '127.0.0.1.pem', '127.0.0.1.key'])
    chmodSync(join(authority.folder, file), 0o644);
  const at = (file: string): string => join(authority.folder, file);
  await using encrypted = await startMariaDb(
    `--ssl-ca=${at('ca.pem')}`,
    `--ssl-cert=${at('127.0.0.1.pem')}`,
    `--ssl-key=${at('127.0.0.1.key')}`,
  );
  await encrypted.admin(`create user watcher@'127.0.0.1' identified by 'right' require ssl`);
  await encrypted.admin(`grant ${GRANTS} on *.* to watcher@'127.0.0.1'`);
  const url = address({ port: encrypted.port, database: '' });
  const well = await probing(mysql, { url, tls: true, tls_ca: authority.ca });
  assertWell(well);
  assert.ok(well.phases.some(([name]) => name === 'tls'));
  assertFailed(await probing(mysql, { url, tls: true }), 'tls', /not trusted/);
  const name = url.replace('127.0.0.1', 'localhost');
  assertFailed(
    await probing(mysql, { url: name, tls: true, tls_ca: authority.ca }),
    'tls',
    /not for localhost/,
  );
  assertFailed(await probing(mysql, { url }), 'auth', /Access denied/);
});

test('a server that is stopped refuses', async () => {
  await server.stop();
  const result = await probing(mysql, { url: address() });
  assertFailed(result, 'refused', /refused the connection/);
  assert.deepEqual(result.samples, []);
});
