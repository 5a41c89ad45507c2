/** Promise 1: kill -9 at any moment loses no answered ping, doubles none and invents none. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { openStore } from '../../src/store/open.ts';
import { accountFor, pingLoad, type SentPing } from '../support/ping-load.ts';
import { seed } from '../support/seed.ts';
import { spawnServer } from '../support/server-process.ts';
import { tempFolder } from '../support/temp-folder.ts';

const ROUNDS = 25;
const CONNECTIONS = 64;
const CHECKS = 50;
/** Milliseconds of load before the kill; the moment itself is anywhere in a group. */
const SHORTEST = 60;
const LONGEST = 500;

test('kill -9 under load: every answered ping is there once, none was invented', async (t) => {
  using folder = tempFolder('kill');
  const url = `sqlite:${join(folder.path, 'vigie.db')}`;
  const codes = await seed(url, { checks: CHECKS });
  const env = { VIGIE_PING_LOG_LIMIT: '1000000', VIGIE_LOG_LEVEL: 'info' };
  const sent: SentPing[] = [];
  let starting = 0;
  for (let round = 1; round <= ROUNDS; round++) {
    await using server = await spawnServer({ dataDir: folder.path, env });
    starting = Math.max(starting, server.startedIn);
    const load = pingLoad({
      port: server.port,
      codes,
      connections: CONNECTIONS,
      name: `round${round}`,
      more: () => true,
    });
    await delay(SHORTEST + ((LONGEST - SHORTEST) * round) / ROUNDS);
    await server.end('SIGKILL');
    sent.push(...(await load));
  }
  const store = openStore(url);
  const account = await accountFor(store, sent);
  await store.close();
  t.diagnostic(
    `${ROUNDS} kills: ${account.sent} pings sent, ${account.answered} answered, ${account.stored} stored, ` +
      `${account.lost.length} lost, ${account.doubled.length} doubled, ${account.invented.length} invented; ` +
      `slowest start ${Math.round(starting)} ms`,
  );
  assert.ok(account.answered > ROUNDS * CONNECTIONS, 'the load reached the server in every round');
  const { lost, doubled, invented, miscounted } = account;
  assert.deepEqual(
    { lost, doubled, invented, miscounted },
    { lost: [], doubled: [], invented: [], miscounted: [] },
  );
});
