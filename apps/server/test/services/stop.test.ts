/** A stop answers what is under way, loses nothing, and nobody holds it up. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { openStore } from '../../src/store/open.ts';
import { accountFor, pingLoad } from '../support/ping-load.ts';
import { openRaw } from '../support/raw-exchange.ts';
import { seed } from '../support/seed.ts';
import { spawnServer } from '../support/server-process.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** Milliseconds that a stop may take. */
const STOP_WITHIN = 10_000;
/** Milliseconds of load before the signal. */
const LOAD = 1_000;

test('SIGTERM under load: exit code 0 within 10 s, and every answered ping is there', async (t) => {
  using folder = tempFolder('stop');
  const url = `sqlite:${join(folder.path, 'vigie.db')}`;
  const codes = await seed(url, { checks: 50 });
  const env = { VIGIE_PING_LOG_LIMIT: '1000000' };
  await using server = await spawnServer({ dataDir: folder.path, env });
  // Each connection always has a request under way.
  const load = pingLoad({ port: server.port, codes, connections: 64, name: 'load', more: () => true });
  await delay(LOAD);
  const from = performance.now();
  const code = await server.end('SIGTERM');
  const took = Math.round(performance.now() - from);
  const sent = await load;
  const store = openStore(url);
  const { answered, stored, lost, doubled, invented } = await accountFor(store, sent);
  await store.close();
  t.diagnostic(`stopped in ${took} ms; ${answered} pings answered, ${stored} stored, ${lost.length} lost`);
  assert.equal(code, 0, server.output());
  assert.ok(took < STOP_WITHIN, `it took ${took} ms`);
  assert.ok(answered > 100, 'the load reached the server');
  assert.deepEqual({ lost, doubled, invented }, { lost: [], doubled: [], invented: [] });
});

test('SIGTERM stops within 10 s whatever clients leave unfinished', async (t) => {
  using folder = tempFolder('stop');
  const [code = ''] = await seed(`sqlite:${join(folder.path, 'vigie.db')}`, { checks: 1 });
  await using server = await spawnServer({ dataDir: folder.path });
  const head = `POST /ping/${code} HTTP/1.1\r\nHost: v\r\n`;
  const begun = ['', head, `${head}Content-Length: 10\r\n\r\nhalf`, `${head}Content-Length: 0\r\n\r\n`];
  await using stack = new AsyncDisposableStack();
  for (const bytes of begun) stack.use(await openRaw(server.port)).socket.write(bytes);
  await delay(LOAD);
  const from = performance.now();
  const exit = await server.end('SIGTERM');
  const took = Math.round(performance.now() - from);
  t.diagnostic(`stopped in ${took} ms`);
  assert.equal(exit, 0, server.output());
  assert.ok(took < STOP_WITHIN, `it took ${took} ms`);
});
