import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { createCommands } from '../../src/commands.ts';
import { inlineWriter } from '../../src/store/inline-writer.ts';
import { migrate, openStore, type Store } from '../../src/store/open.ts';
import { FakeClock } from '../../src/testing/fake-clock.ts';
import { startPostgres } from '../support/postgres.ts';

const HOUR = 3_600_000;
let postgres: Awaited<ReturnType<typeof startPostgres>>;
let store: Store;

before(async () => {
  postgres = await startPostgres();
  store = openStore(postgres.url);
  await migrate(store);
});
after(async () => {
  await store.close();
  await postgres.close();
});

/** Two nodes with these signs of life; `one` settles a step of `delta` that ends at `now`. */
async function settle(now: number, delta: number, peerAlive: number): Promise<unknown> {
  await store.db.deleteFrom('nodes').execute();
  const row = { started_at: 0, stopped_at: null };
  await store.db
    .insertInto('nodes')
    .values([
      { ...row, id: 'one', alive_at: now - delta },
      { ...row, id: 'two', alive_at: peerAlive },
    ])
    .execute();
  const commands = createCommands({ checkLimit: 1000 });
  const options = { commands, clock: new FakeClock(now), newId: randomUUID, onEffects: () => undefined };
  return inlineWriter(store, options)
    .run('checks.shift', { node: 'one', delta })
    .then(
      () => 'settled',
      (error: Error) => error.message,
    );
}

test('a node whose clock alone was set is refused: the database has the time of the others', async () => {
  const now = Date.now();
  assert.match(String(await settle(now + HOUR, HOUR, now)), /differs from that of the database/);
});

test('the first of two nodes that were set together settles the step, with its sign of life on the new time', async () => {
  const now = Date.now();
  assert.equal(await settle(now, HOUR, now - HOUR), 'settled');
  const one = await store.db
    .selectFrom('nodes')
    .select('alive_at')
    .where('id', '=', 'one')
    .executeTakeFirstOrThrow();
  assert.equal(one.alive_at, now);
});
