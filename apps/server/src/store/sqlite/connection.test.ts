import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sqliteBulk } from './bulk.ts';
import { SqliteConnection } from './connection.ts';

function connection(...statements: string[]): SqliteConnection & Disposable {
  const opened = new SqliteConnection(':memory:');
  for (const statement of statements) opened.raw.exec(statement);
  return Object.assign(opened, { [Symbol.dispose]: () => opened.close() });
}

test('rows are plain objects, read at once or one by one', () => {
  using db = connection('create table t(a integer, b text)', "insert into t values (1, 'x'), (2, null)");
  const statement = db.prepare('select * from t order by a');
  const rows = [
    { a: 1, b: 'x' },
    { a: 2, b: null },
  ];
  assert.deepEqual(statement.all([]), rows);
  assert.deepEqual([...statement.iterate([])], rows);
});

test('a statement that is known already sees a column that came since', () => {
  using db = connection('create table t(a integer)', 'insert into t values (1)');
  assert.deepEqual(db.prepare('select * from t').all([]), [{ a: 1 }]);
  db.raw.exec('alter table t add column b integer default 2');
  assert.deepEqual(db.prepare('select * from t').all([]), [{ a: 1, b: 2 }]);
});

test('a statement in use stays compiled, whatever number of others comes', () => {
  using db = connection();
  const used = db.prepare('select 0');
  for (let i = 1; i <= 1_000; i++) {
    db.prepare(`select ${i}`);
    assert.equal(db.prepare('select 0'), used);
  }
  const first = db.prepare('select 1');
  assert.deepEqual(first.all([]), [{ 1: 1 }]);
});

for (const count of [0, 1, 15, 16, 17, 100]) {
  test(`${count} rows are inserted in their order`, async () => {
    using db = connection('create table checks(id integer, name text)');
    const rows = Array.from({ length: count }, (_, i) => [i, `n${i}`]);
    await sqliteBulk(db).insert('checks', ['id', 'name'], rows);
    const found = db.prepare('select id, name from checks order by rowid').all([]);
    assert.deepEqual(
      found,
      rows.map(([id, name]) => ({ id, name })),
    );
  });
}
