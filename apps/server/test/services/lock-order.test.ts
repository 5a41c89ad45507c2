/** Two nodes that write to the same checks of one PostgreSQL take the rows in one order: none waits for the other. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { sql } from 'kysely';
import type { PingTarget } from '../../src/checks/ping.ts';
import { systemClock } from '../../src/clock.ts';
import { createCommands } from '../../src/commands.ts';
import { inlineWriter } from '../../src/store/inline-writer.ts';
import { openStore } from '../../src/store/open.ts';
import { aPing } from '../../src/testing/checks.ts';
import { startPostgres } from '../support/postgres.ts';
import { seed } from '../support/seed.ts';

const ROUNDS = 20;
const CHECKS = 6;

test('pings by slug on two nodes never meet in a deadlock', async () => {
  await using stack = new AsyncDisposableStack();
  const postgres = stack.adopt(await startPostgres(), (started) => started.close());
  const codes = await seed(postgres.url, { checks: CHECKS });
  const targets = await named(postgres.url, codes);
  const [one, other] = [node(postgres.url), node(postgres.url)];
  for (let round = 0; round < ROUNDS; round++) {
    await Promise.all([one.ping(targets), other.ping(targets.toReversed())]);
  }
  // What a session counted is there for others to see once it has ended.
  await Promise.all([one.close(), other.close()]);

  const store = stack.adopt(openStore(postgres.url), (open) => open.close());
  const pings = await store.db.selectFrom('check_states').select('n_pings').execute();
  assert.ok(pings.every(({ n_pings }) => n_pings === 2 * ROUNDS));
  const { rows } = await sql<{ deadlocks: number }>`select deadlocks from pg_stat_database
    where datname = current_database()`.execute(store.db);
  assert.equal(rows[0]?.deadlocks, 0);
});

/** Gives each check a slug of its own, by which it is then pinged. */
async function named(url: string, codes: string[]): Promise<PingTarget[]> {
  const store = openStore(url);
  try {
    const { ping_key: pingKey } = await store.db
      .selectFrom('projects')
      .select('ping_key')
      .executeTakeFirstOrThrow();
    return await Promise.all(
      codes.map(async (code, i): Promise<PingTarget> => {
        const slug = `check-${i}`;
        await store.db.updateTable('checks').set({ slug }).where('code', '=', code).execute();
        return { pingKey, slug, create: false };
      }),
    );
  } finally {
    await store.close();
  }
}

function node(url: string) {
  const store = openStore(url, { connections: 1 });
  const writer = inlineWriter(store, {
    commands: createCommands({ checkLimit: 100 }),
    clock: systemClock,
    newId: randomUUID,
    onEffects: () => undefined,
  });
  return {
    close: () => store.close(),
    /** One group: the first ping begins it alone, the others wait for the next. */
    async ping(targets: readonly PingTarget[]): Promise<void> {
      const pings = targets.map((target) => aPing(systemClock.now(), { target }));
      const outcomes = await Promise.all(pings.map((ping) => writer.run('checks.ping', ping)));
      assert.ok(outcomes.every((outcome) => outcome === 'ok'));
    },
  };
}
