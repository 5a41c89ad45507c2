import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { run } from '../../cli/src/run.ts';
import { backUp } from '../src/backup/back-up.ts';
import { type RestoreOptions, restore } from '../src/backup/restore.ts';
import { checkSeal, SEAL_LENGTH } from '../src/backup/seal.ts';
import { tablesOf } from '../src/backup/tables.ts';
import { systemClock } from '../src/clock.ts';
import { createCommands } from '../src/commands.ts';
import { startWriterThread } from '../src/start-writer-thread.ts';
import { lockDataDir } from '../src/store/lock.ts';
import { migrate, openStore } from '../src/store/open.ts';
import { threadedWriter } from '../src/store/threaded-writer.ts';
import { aPing } from '../src/testing/checks.ts';
import { contentOf, fillForBackup } from './support/backup-suite.ts';
import { tempFolder } from './support/temp-folder.ts';

const SECRET_KEY = 'k'.repeat(64);

/** A folder with a database in it, a way to back it up, and a way to restore it elsewhere. */
async function bench() {
  const stack = new AsyncDisposableStack();
  const folder = stack.use(tempFolder('backup')).path;
  const url = `sqlite:${join(folder, 'vigie.db')}`;
  const store = stack.adopt(openStore(url), (open) => open.close());
  await migrate(store);
  const file = join(folder, 'vigie.backup');
  const save = async (options: object = {}) => {
    const reader = openStore(url, { readOnly: true });
    try {
      const common = { secretKey: SECRET_KEY, keepsSecretKey: true, version: '0.1.0', at: 0 };
      return await backUp({ store: reader, path: file, ...common, ...options });
    } finally {
      await reader.close();
    }
  };
  const dataDir = join(folder, 'restored');
  const database = join(dataDir, 'vigie.db');
  const load = (options: Partial<RestoreOptions> = {}) =>
    restore({
      path: file,
      dataDir,
      databaseUrl: `sqlite:${database}`,
      secretKey: null,
      force: false,
      now: 0,
      ...options,
    });
  const restored = () => stack.adopt(openStore(`sqlite:${database}`), (open) => open.close());
  return {
    folder,
    url,
    store,
    file,
    save,
    dataDir,
    database,
    load,
    restored,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

test('what is restored is what was backed up, byte for byte', async () => {
  await using b = await bench();
  await fillForBackup(b.store);
  const before = await contentOf(b.store);
  const saved = await b.save();
  assert.equal(saved.rows, Object.values(before).flat().length);
  assert.equal(saved.size, statSync(b.file).size);
  assert.equal(statSync(b.file).mode & 0o777, 0o600);
  const loaded = await b.load();
  assert.deepEqual(loaded, { rows: saved.rows, createdAt: '1970-01-01T00:00:00.000Z', version: '0.1.0' });
  assert.deepEqual(await contentOf(b.restored()), before);
  assert.equal(readFileSync(join(b.dataDir, 'secret_key'), 'utf8'), `${SECRET_KEY}\n`);
  assert.deepEqual(readdirSync(b.dataDir).sort(), [
    'secret_key',
    'vigie.db',
    'vigie.db-shm',
    'vigie.db-wal',
    'vigie.lock',
  ]);
});

test('the commands say which database went to which file, and back', async () => {
  await using b = await bench();
  const said: string[] = [];
  const say = (text: string): void => void said.push(text);
  const fail = (code: number): void => assert.equal(code, 0);
  const secret = join(b.folder, 'key');
  writeFileSync(secret, SECRET_KEY);
  const vigie = (command: string, database: string) => {
    const flags = [
      `--database-url=sqlite:${database}`,
      `--data-dir=${b.dataDir}`,
      `--secret-key-file=${secret}`,
    ];
    return run([command, b.file, ...flags], { out: say, error: say, exit: fail, terminal: true });
  };
  await vigie('backup', join(b.folder, 'vigie.db'));
  await vigie('restore', b.database);
  const [backedUp = '', restored = ''] = said;
  assert.ok(backedUp.startsWith(`backed up sqlite:${b.folder}/vigie.db to ${b.file}: `), backedUp);
  assert.ok(restored.startsWith(`restored ${b.file} to sqlite:${b.database}: `), restored);
});

test('ids go on counting where the restored ones end', async () => {
  await using b = await bench();
  await fillForBackup(b.store);
  await b.save();
  await b.load();
  const store = b.restored();
  const [project] = await store.db.selectFrom('projects').selectAll().execute();
  assert.ok(project);
  const again = { ...project, id: undefined, code: 'x', ping_key: 'x', badge_key: 'x' };
  const { id } = await store.db
    .insertInto('projects')
    .values(again)
    .returning('id')
    .executeTakeFirstOrThrow();
  assert.equal(id, project.id + 1);
});

test('a backup of a database in use holds one state of it, with every ping answered before', async () => {
  await using b = await bench();
  const codes = await fillForBackup(b.store);
  const writer = threadedWriter(b.url, startWriterThread(), {
    commands: createCommands({ checkLimit: 1000 }),
    workerOptions: { checkLimit: 1000 },
    clock: systemClock,
    origin: '',
    onEffects: () => undefined,
    onFailure: (error) => assert.fail(error),
  });
  let answered = 0;
  let going = true;
  const client = async (code: string): Promise<void> => {
    while (going) {
      const ping = aPing(systemClock.now(), { target: { code }, userAgent: 'load', logLimit: 1_000_000 });
      assert.equal(await writer.run('checks.ping', ping), 'ok');
      answered += 1;
    }
  };
  const load = Promise.all(codes.flatMap((code) => [client(code), client(code)]));
  while (answered < 200) await new Promise(setImmediate);
  const before = answered;
  await b.save();
  const after = answered;
  going = false;
  await load;
  await writer.close();
  assert.ok(after > before, 'nothing was written meanwhile: the test shows nothing');
  await b.load();
  const { pings = [], check_states: states = [] } = await contentOf(b.restored());
  const held = pings.filter((ping) => ping['user_agent'] === 'load').length;
  assert.ok(held >= before && held <= answered, `${before} <= ${held} <= ${answered}`);
  for (const state of states) {
    const numbers = pings.filter((ping) => ping['check_id'] === state['check_id']).map((ping) => ping['n']);
    assert.deepEqual(
      numbers,
      Array.from({ length: Number(state['n_pings']) }, (_, i) => i + 1),
    );
  }
});

test('every table of the database is in the backup', async () => {
  await using b = await bench();
  const real = (await b.store.db.introspection.getTables()).map(({ name }) => name);
  assert.deepEqual((await tablesOf(b.store.db)).map(({ name }): string => name).sort(), real.sort());
});

test('the file can be read with zcat: header, tables, rows, seal', async () => {
  await using b = await bench();
  await b.save();
  const lines = gunzipSync(readFileSync(b.file)).toString().trimEnd().split('\n');
  const header = JSON.parse(lines[0] ?? '');
  assert.equal(header.format, 'vigie-backup');
  assert.equal(header.secretKey, SECRET_KEY);
  assert.deepEqual(JSON.parse(lines[1] ?? ''), { table: 'settings', columns: ['key', 'value'], bytes: [] });
  assert.deepEqual(JSON.parse(lines[2] ?? ''), { rows: 0 });
  assert.match(lines.at(-1) ?? '', /^vigie-backup sha256 [0-9a-f]{64}$/);
});

test('a configured secret key stays out of the backup, and another one is refused', async () => {
  await using b = await bench();
  await b.save({ keepsSecretKey: false });
  assert.doesNotMatch(gunzipSync(readFileSync(b.file)).toString(), new RegExp(SECRET_KEY));
  await assert.rejects(b.load(), /does not hold its secret key: give it as VIGIE_SECRET_KEY/);
  await assert.rejects(b.load({ secretKey: 'another' }), /is not the secret key of this backup/);
  await b.load({ secretKey: SECRET_KEY });
  assert.equal(existsSync(join(b.dataDir, 'secret_key')), false);
});

test('a file that exists is not overwritten, and a failed backup leaves nothing', async () => {
  await using b = await bench();
  await b.save();
  await assert.rejects(b.save(), /vigie\.backup exists; a backup never overwrites a file/);
  const empty = openStore(`sqlite:${join(b.folder, 'empty.db')}`);
  const path = join(b.folder, 'none.backup');
  await assert.rejects(b.save({ store: empty, path }), /the database is empty: there is nothing to back up/);
  await empty.close();
  assert.deepEqual(
    readdirSync(b.folder).filter((name) => name.startsWith('none')),
    [],
  );
});

test('one flipped bit anywhere is noticed', async () => {
  await using b = await bench();
  await b.save();
  const bytes = readFileSync(b.file);
  const damaged = join(b.folder, 'damaged');
  for (let i = 0; i < bytes.length; i++) {
    const copy = Buffer.from(bytes);
    copy[i] = (copy[i] ?? 0) ^ (1 << (i % 8));
    writeFileSync(damaged, copy);
    await assert.rejects(
      checkSeal(damaged),
      /is not a backup|does not end with the seal|is damaged/,
      `byte ${i}`,
    );
  }
});

const TORN: [string, (whole: Buffer) => Buffer, RegExp][] = [
  ['empty', () => Buffer.alloc(0), /is not a backup: it does not begin as a gzip file/],
  ['something else', () => Buffer.from('SQLite format 3\0'.repeat(100)), /is not a backup/],
  [
    'cut by a byte',
    (whole) => whole.subarray(0, -1),
    /does not end with the seal of a backup: it is cut short/,
  ],
  [
    'cut by its seal',
    (whole) => whole.subarray(0, -SEAL_LENGTH),
    /does not end with the seal of a backup: it is cut short/,
  ],
  [
    'cut in the middle',
    (whole) => whole.subarray(0, whole.length / 2),
    /does not end with the seal of a backup: it is cut short/,
  ],
  [
    'longer than it was',
    (whole) => Buffer.concat([whole, Buffer.of(0)]),
    /does not end with the seal of a backup: it is cut short/,
  ],
  ['flipped in the middle', (whole) => whole.with(whole.length / 2, 0) as Buffer, /is damaged: its seal/],
  [
    'without its middle',
    (whole) => Buffer.concat([whole.subarray(0, 200), whole.subarray(300)]),
    /is damaged/,
  ],
];

for (const [name, tear, reason] of TORN) {
  test(`a backup that is ${name} is refused, and changes nothing`, async () => {
    await using b = await bench();
    await b.save();
    writeFileSync(b.file, tear(readFileSync(b.file)));
    await assert.rejects(b.load({ force: true }), reason);
    assert.equal(existsSync(b.dataDir), false);
  });
}

test('a database that is there is replaced only by force, and then as a whole', async () => {
  await using b = await bench();
  await fillForBackup(b.store);
  const before = await contentOf(b.store);
  await b.save();
  await b.load();
  const other = openStore(`sqlite:${b.database}`);
  await other.db.deleteFrom('pings').execute();
  await other.close();
  const now = readFileSync(b.database);
  await assert.rejects(b.load(), /vigie\.db holds a database; --force replaces it/);
  assert.deepEqual(readFileSync(b.database), now);
  await b.load({ force: true });
  assert.deepEqual(await contentOf(b.restored()), before);
});

for (const damaged of [false, true]) {
  test(`the log of a ${damaged ? 'damaged' : 'dead'} database is not taken for the new one`, () =>
    replaceWithLog(damaged));
}

async function replaceWithLog(damaged: boolean): Promise<void> {
  await using b = await bench();
  await fillForBackup(b.store);
  const before = await contentOf(b.store);
  await b.save();
  await b.load();
  // A server that died: its last writes are in the log alone.
  const other = openStore(`sqlite:${b.database}`);
  await other.db.deleteFrom('pings').execute();
  for (const suffix of ['', '-wal']) copyFileSync(b.database + suffix, `${b.folder}/dead${suffix}`);
  await other.close();
  for (const suffix of ['', '-wal']) copyFileSync(`${b.folder}/dead${suffix}`, b.database + suffix);
  if (damaged) writeFileSync(b.database, 'no database');
  await b.load({ force: true });
  assert.deepEqual(await contentOf(b.restored()), before);
}

test('nothing is restored under a running server', async () => {
  await using b = await bench();
  await b.save();
  await b.load();
  const unlock = lockDataDir(b.dataDir);
  try {
    await assert.rejects(b.load({ force: true }), /another Vigie is running on the data directory/);
  } finally {
    unlock();
  }
});
