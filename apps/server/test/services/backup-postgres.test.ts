import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import pg from 'pg';
import { backUp } from '../../src/backup/back-up.ts';
import { type RestoreOptions, restore } from '../../src/backup/restore.ts';
import { migrate, openStore } from '../../src/store/open.ts';
import { contentOf, fillForBackup } from '../support/backup-suite.ts';
import { startPostgres } from '../support/postgres.ts';
import { tempFolder } from '../support/temp-folder.ts';

const postgres = await startPostgres();
after(() => postgres.close());
let databases = 0;

/** An empty database of its own. */
async function emptyDatabase(): Promise<string> {
  databases += 1;
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await client.query(`create database backup_${databases}`);
  await client.end();
  return postgres.url.replace(/\/vigie$/, `/backup_${databases}`);
}

async function withStore<T>(
  url: string,
  work: (store: ReturnType<typeof openStore>) => Promise<T>,
): Promise<T> {
  const store = openStore(url);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

const save = (url: string, path: string): Promise<unknown> =>
  withStore(url, (store) =>
    backUp({ store, path, secretKey: 'k'.repeat(64), keepsSecretKey: true, version: '0.1.0', at: 0 }),
  );
const content = (url: string) => withStore(url, contentOf);
const options = (path: string, dataDir: string, databaseUrl: string): RestoreOptions => {
  return { path, dataDir, databaseUrl, secretKey: null, force: false, now: Date.UTC(2026, 6, 16) };
};

test('a database moves from SQLite to PostgreSQL and back, and nothing changes', async (t) => {
  using folder = tempFolder('move');
  const first = `sqlite:${join(folder.path, 'first.db')}`;
  const second = await emptyDatabase();
  const third = `sqlite:${join(folder.path, 'third.db')}`;
  await withStore(first, async (store) => {
    await migrate(store);
    await fillForBackup(store);
  });
  const before = await content(first);
  for (const [from, to] of [
    [first, second],
    [second, third],
  ] as const) {
    const file = join(folder.path, `${databases}-${to.split(':')[0]}.backup`);
    await save(from, file);
    await restore(options(file, folder.path, to));
    assert.deepEqual(await content(to), before);
  }
  t.diagnostic(`${Object.values(before).flat().length} rows in ${Object.keys(before).length} tables`);
});

test('on PostgreSQL ids go on counting where the restored ones end', async () => {
  using folder = tempFolder('ids');
  const [from, to] = [await emptyDatabase(), await emptyDatabase()];
  await withStore(from, async (store) => {
    await migrate(store);
    await fillForBackup(store);
  });
  const file = join(folder.path, 'backup');
  await save(from, file);
  await restore(options(file, folder.path, to));
  await withStore(to, async ({ db }) => {
    const { last } = await db
      .selectFrom('checks')
      .select((e) => e.fn.max('id').as('last'))
      .executeTakeFirstOrThrow();
    const [check] = await db.selectFrom('checks').selectAll().limit(1).execute();
    assert.ok(check);
    const again = { ...check, id: undefined, code: 'x', badge_key: 'x' };
    const { id } = await db.insertInto('checks').values(again).returning('id').executeTakeFirstOrThrow();
    assert.equal(id, last + 1);
  });
});

test('a PostgreSQL database that holds something is replaced only by force, and never under a running server', async () => {
  using folder = tempFolder('force');
  const url = await emptyDatabase();
  await withStore(url, async (store) => {
    await migrate(store);
    await fillForBackup(store);
  });
  const file = join(folder.path, 'backup');
  await save(url, file);
  const before = await content(url);
  await withStore(url, ({ db }) => db.deleteFrom('pings').execute());
  const target = options(file, folder.path, url);
  await assert.rejects(restore(target), /the database holds tables of Vigie; --force replaces them/);
  const alive = Date.UTC(2026, 6, 15, 12);
  await assert.rejects(
    restore({ ...target, force: true, now: alive + 10_000 }),
    /a Vigie is running on this database: stop it first/,
  );
  assert.equal((await content(url))['pings']?.length, 0);
  await restore({ ...target, force: true });
  assert.deepEqual(await content(url), before);
});

test('a backup that PostgreSQL cannot hold, or that is damaged, leaves the database as it was', async () => {
  using folder = tempFolder('refused');
  const first = `sqlite:${join(folder.path, 'first.db')}`;
  await withStore(first, async (store) => {
    await migrate(store);
    await fillForBackup(store);
    await store.db.updateTable('flips').set({ reason: 'a\0b' }).execute();
  });
  const file = join(folder.path, 'backup');
  await save(first, file);
  const url = await emptyDatabase();
  await assert.rejects(
    restore(options(file, folder.path, url)),
    /cannot restore flips: invalid byte sequence/,
  );
  writeFileSync(file, 'x', { flag: 'a' });
  await assert.rejects(restore(options(file, folder.path, url)), /more was added/);
  assert.deepEqual(await content(url), {});
});
