import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { sql } from '../../src/probes/kinds/sql/probe.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../src/probes/testing/probing.ts';
import { startMariaDb } from '../support/peers/mariadb.ts';
import { startPostgres } from '../support/postgres.ts';

/** A database with the table `documents`, a user who may do anything and one who may not even read. */
interface Server extends AsyncDisposable {
  name: string;
  url: string;
  stranger: string;
  /** Statements of this database that would change something. */
  writing: string[];
  /** A query that takes longer than anybody waits. */
  endless: string;
  /** Runs statements as the administrator. */
  admin(...statements: string[]): Promise<void>;
  stop(): Promise<void>;
}

const TABLE = [
  'create table documents (id int primary key, tenant varchar(20), state varchar(20), size numeric(20, 2))',
  `insert into documents values (1, 'a', 'waiting', 1.5), (2, 'a', 'done', 2), (3, 'b', 'waiting', 9007199254740993)`,
];
const servers: Server[] = [];

before(async () => {
  servers.push(await onPostgres(), await onMariaDb());
  for (const server of servers) await server.admin(...TABLE);
});
after(async () => {
  for (const server of servers) await server.stop();
});

async function onPostgres(): Promise<Server> {
  const server = await startPostgres();
  const admin = async (...statements: string[]): Promise<void> => {
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };
  await admin(
    'create role stranger login',
    'create table if not exists log (n int)',
    `create function writes() returns int language sql volatile as 'insert into log values (1) returning n'`,
  );
  return {
    name: 'PostgreSQL',
    url: server.url,
    stranger: server.url.replace('vigie@', 'stranger@'),
    writing: [
      'delete from documents returning id',
      'with gone as (delete from documents returning id) select count(*) from gone',
      'select 1; drop table documents',
      'select 1) as x; commit; drop table documents; --',
      'commit',
      'drop table documents',
      'select writes()',
    ],
    endless: 'select pg_sleep(60)::text',
    admin,
    stop: server.close,
    [Symbol.asyncDispose]: server.close,
  };
}

async function onMariaDb(): Promise<Server> {
  const server = await startMariaDb();
  await server.admin(
    'create database app',
    `create user stranger@'127.0.0.1'`,
    `grant create temporary tables on app.* to stranger@'127.0.0.1'`,
    'create table app.log (n int)',
    'create function app.writes() returns int begin insert into app.log values (1); return 1; end',
  );
  return {
    name: 'MariaDB',
    url: `mysql://root@127.0.0.1:${server.port}/app`,
    stranger: `mysql://stranger@127.0.0.1:${server.port}/app`,
    writing: [
      'delete from documents returning id',
      'select 1; drop table documents',
      'select 1) as x; commit; drop table documents; -- ',
      'commit',
      'drop table documents',
      `select 1 into outfile '/tmp/vigie-never'`,
      'select writes()',
    ],
    endless: 'select sleep(60)',
    admin: async (...statements) => void (await server.admin('use app', ...statements)),
    stop: server.stop,
    [Symbol.asyncDispose]: server.stop,
  };
}

test('a number, and numbers with labels, are measured truly', async () => {
  for (const { url, name } of servers) {
    const one = await probing(sql, { url, query: 'select count(*) from documents;', metric: 'documents' });
    assertWell(one);
    assert.deepEqual(valuesOf(one), { documents: 3, sql_rows: 1 }, name);
    assert.equal(one.details['value'], 3);
    const query = 'select tenant, state, sum(size) as total from documents group by 1, 2 -- all of them';
    const many = await probing(sql, { url, query });
    assertWell(many);
    assert.deepEqual(valuesOf(many), {
      'sql_value{tenant="a",state="waiting"}': 1.5,
      'sql_value{tenant="a",state="done"}': 2,
      'sql_value{tenant="b",state="waiting"}': 2 ** 53,
      sql_rows: 3,
    });
  }
});

test('no row, NULL, text, too many rows and several numbers are told apart', async () => {
  for (const { url } of servers) {
    const run = (query: string, more: object = {}) => probing(sql, { url, query, ...more });
    const nothing = 'select id from documents where id > 99';
    assertFailed(await run(nothing), 'assertion', /no row/);
    const well = await run(nothing, { when_empty: 'well' });
    assertWell(well);
    assert.deepEqual(valuesOf(well), { sql_rows: 0 });
    assertFailed(
      await run('select sum(id) as total from documents where id > 99'),
      'assertion',
      /total is NULL/,
    );
    assertFailed(await run(`select 'abc' as word`), 'assertion', /word is "abc", not a number/);
    assertFailed(await run('select id from documents', { max_rows: 2 }), 'config', /more than 2 rows/);
    assertFailed(await run('select id, size from documents'), 'config', /several columns are numbers/);
    assertFailed(await run(`select 1 as value, 'x' as t union all select 2, 'x'`), 'config', /same labels/);
  }
});

test('what the server will not run is a matter of settings or rights, in its own words', async () => {
  for (const { url, stranger } of servers) {
    assertFailed(await probing(sql, { url, query: 'selekt 1' }), 'config', /syntax/);
    assertFailed(await probing(sql, { url, query: 'select * from nowhere' }), 'config', /nowhere/);
    assertFailed(await probing(sql, { url, query: 'select nothing from documents' }), 'config', /nothing/);
    assertFailed(
      await probing(sql, { url: stranger, query: 'select id from documents' }),
      'forbidden',
      /documents/,
    );
    const elsewhere = url.replace(/\w+$/, 'elsewhere');
    assertFailed(await probing(sql, { url: elsewhere, query: 'select 1' }), 'not_found', /elsewhere/);
  }
});

test('no query can change anything', async () => {
  for (const { url, writing, name } of servers) {
    for (const query of writing) {
      const { failure } = await probing(sql, { url, query });
      assert.match(
        failure?.reason ?? 'none',
        /^(config|unhealthy)$/,
        `${name}: ${query}: ${failure?.message}`,
      );
    }
    const left = await probing(sql, {
      url,
      query: 'select (select count(*) from documents) + (select count(*) from log)',
    });
    assert.equal(left.details['value'], 3, name);
  }
});

test("a query that takes too long ends in the run's time, on the server too", async () => {
  const running: Record<string, string> = {
    PostgreSQL: `select count(*) from pg_stat_activity where query like '%pg\\_sleep%' and state = 'active' and pid <> pg_backend_pid()`,
    MariaDB: `select count(*) from information_schema.processlist where info like '%sleep(%' and id <> connection_id()`,
  };
  for (const { url, endless, name } of servers) {
    const result = await probing(sql, { url, query: endless }, { timeout: 700 });
    assertFailed(result, 'timeout');
    assert.equal(result.failure?.phase, 'query');
    assert.ok(result.duration < 1_500);
    const left = await probing(sql, { url, query: running[name] });
    assert.equal(left.details['value'], 0, name);
  }
});

test('a server that is stopped refuses', async () => {
  for (const { url, stop } of servers) {
    await stop();
    assertFailed(await probing(sql, { url, query: 'select 1' }), 'refused', /refused the connection/);
  }
});
