import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testStore } from '../testing/test-store.ts';
import { migrate, openStore } from './open.ts';
import { prepared, type Slots } from './prepared.ts';

/** A query of the settings, and how often it was built. */
function counted() {
  let built = 0;
  const query = prepared(({ db }, { one, each }: Slots<{ keys: string[]; least: string }>) => {
    built += 1;
    return db
      .selectFrom('settings')
      .select('value')
      .where('key', 'in', each('keys'))
      .where('value', '>=', one('least'))
      .where('value', '!=', 'never')
      .orderBy('value');
  });
  return { query, built: () => built };
}

const SETTINGS = Array.from({ length: 30 }, (_, i) => ({ key: `k${i}`, value: `v${i % 10}` }));

async function settings() {
  const t = await testStore();
  await t.store.db.insertInto('settings').values(SETTINGS).execute();
  return t;
}

test('a query is built once, and runs with the values of each call', async () => {
  await using t = await settings();
  const { query, built } = counted();
  assert.deepEqual(await query(t.store, { keys: ['k1', 'k2'], least: 'v0' }), [
    { value: 'v1' },
    { value: 'v2' },
  ]);
  assert.deepEqual(await query(t.store, { keys: ['k1', 'k2'], least: 'v2' }), [{ value: 'v2' }]);
  assert.deepEqual(await query(t.store, { keys: ['k4', 'k3'], least: 'v2' }), [
    { value: 'v3' },
    { value: 'v4' },
  ]);
  assert.equal(built(), 1);
});

test('each length of a list is a query of its own; very long ones are not kept', async () => {
  await using t = await settings();
  const { query, built } = counted();
  const keys = SETTINGS.map(({ key }) => key);
  for (const [count, builtSoFar] of [
    [1, 1],
    [2, 2],
    [1, 2],
    [16, 3],
    [16, 3],
    [30, 4],
    [30, 5],
  ] as const) {
    assert.equal((await query(t.store, { keys: keys.slice(0, count), least: 'v0' })).length, count);
    assert.equal(built(), builtSoFar);
  }
});

test('transactions of a store share it, another store has its own', async () => {
  await using t = await settings();
  const { query, built } = counted();
  const values = { keys: ['k1'], least: 'v0' };
  await query(t.store, values);
  const rows = await t.store.db.transaction().execute(async (db) => {
    await db.updateTable('settings').set({ value: 'v7' }).where('key', '=', 'k1').execute();
    return query({ db }, values);
  });
  assert.deepEqual(rows, [{ value: 'v7' }]);
  assert.equal(built(), 1);
  const other = openStore('sqlite::memory:');
  await migrate(other);
  assert.deepEqual(await query(other, values), []);
  assert.equal(built(), 2);
  await other.close();
});
