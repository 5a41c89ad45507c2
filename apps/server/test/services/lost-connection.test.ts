/** Promise 1 on a PostgreSQL that ends connections under load: pings go on, none is lost or doubled. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { openStore, type Store } from '../../src/store/open.ts';
import { accountFor, pingLoad } from '../support/ping-load.ts';
import { startPostgres } from '../support/postgres.ts';
import { seed } from '../support/seed.ts';
import { spawnServer } from '../support/server-process.ts';
import { tempFolder } from '../support/temp-folder.ts';

const ROUNDS = 10;
/** Milliseconds of load between two rounds. */
const PACE = 200;

/** Ends every connection of the server; returns how many there were. */
async function cut(store: Store): Promise<number> {
  const { rows } = await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name like 'vigie%' and pid <> pg_backend_pid()`.execute(store.db);
  return rows.length;
}

test('the server outlives its connections', async (t) => {
  await using stack = new AsyncDisposableStack();
  const postgres = stack.adopt(await startPostgres(), (started) => started.close());
  const codes = await seed(postgres.url, { checks: 20 });
  const folder = stack.use(tempFolder('lost-connection'));
  const env = { VIGIE_DATABASE_URL: postgres.url, VIGIE_PING_LOG_LIMIT: '1000000' };
  const server = stack.use(await spawnServer({ dataDir: folder.path, env }));
  const store = stack.adopt(openStore(postgres.url, { connections: 1 }), (open) => open.close());

  let running = true;
  const load = pingLoad({ port: server.port, codes, connections: 16, name: 'load', more: () => running });
  let cuts = 0;
  for (let round = 0; round < ROUNDS; round++) {
    await delay(PACE);
    cuts += await cut(store);
  }
  await delay(PACE);
  running = false;
  const sent = await load;

  const last = await pingLoad({
    port: server.port,
    codes,
    connections: 1,
    name: 'last',
    more: (n) => n < codes.length,
  });
  assert.ok(
    last.every(({ status }) => status === 200),
    server.output(),
  );
  const account = await accountFor(store, [...sent, ...last]);
  t.diagnostic(`${cuts} connections cut, ${account.answered} of ${account.sent} pings answered`);
  assert.ok(cuts >= ROUNDS);
  assert.deepEqual([account.lost, account.doubled, account.invented, account.miscounted], [[], [], [], []]);
});
