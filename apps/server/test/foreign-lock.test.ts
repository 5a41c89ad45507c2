/** Another program, such as a database browser, holds SQLite's lock for a while. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { sql } from 'kysely';
import { createCommands } from '../src/commands.ts';
import { AppError } from '../src/errors.ts';
import { inlineWriter } from '../src/store/inline-writer.ts';
import { openStore } from '../src/store/open.ts';
import { aPing } from '../src/testing/checks.ts';
import { FakeClock } from '../src/testing/fake-clock.ts';
import { seed } from './support/seed.ts';
import { tempFolder } from './support/temp-folder.ts';

const T = Date.UTC(2026, 6, 15);

test('a ping under a foreign lock is refused as unavailable and leaves nothing, and all goes on after it', async () => {
  using folder = tempFolder('foreign-lock');
  const path = join(folder.path, 'vigie.db');
  const [code = ''] = await seed(`sqlite:${path}`, { checks: 1 });
  const store = openStore(`sqlite:${path}`);
  // Does not wait for the lock here, so that the test does not either.
  await sql`pragma busy_timeout = 0`.execute(store.db);
  const writer = inlineWriter(store, {
    commands: createCommands({ checkLimit: 100 }),
    clock: new FakeClock(T),
    newId: randomUUID,
    onEffects: () => undefined,
  });
  const ping = () => writer.run('checks.ping', aPing(T, { target: { code } }));
  try {
    const foreign = new DatabaseSync(path);
    foreign.exec('begin immediate');
    await assert.rejects(ping(), (error) => error instanceof AppError && error.code === 'unavailable');
    foreign.exec('rollback');
    foreign.close();
    assert.equal(await ping(), 'ok');
    const rows = await store.db.selectFrom('pings').select('n').execute();
    assert.deepEqual(
      rows.map((row) => row.n),
      [1],
    );
  } finally {
    await store.close();
  }
});
