/** Services with several servers on one PostgreSQL: shared, taken over from one that dies, left by one that stops. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page, Service } from '@vigie/contract';
import { openStore, type Store } from '../../src/store/open.ts';
import { type ApiServer, KEYS, spawnApiServer } from '../support/api-server.ts';
import { startPostgres } from '../support/postgres.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

/** Two for each shard. */
const SERVICES = 32;
const SHARDS = 16;
/** Milliseconds until the shards of a killed node have another: its lease, and the pace at which others look. */
const TAKE_OVER = 40_000;
/** Milliseconds until the shards of a node that stopped have another: nobody waits for a lease. */
const AT_ONCE = 3_000;

/** Shards by who holds them now. */
async function holders(store: Store): Promise<Map<string, number>> {
  const rows = await store.db
    .selectFrom('work')
    .select('owner')
    .where('kind', '=', 'probes')
    .where('lease_until', '>', Date.now())
    .execute();
  const held = new Map<string, number>();
  for (const { owner } of rows) if (owner !== null) held.set(owner, (held.get(owner) ?? 0) + 1);
  return held;
}

/** The services whose measurements a server shows: those that it probes. */
async function probedBy(server: ApiServer): Promise<string[]> {
  const response = await fetch(`${server.url}/metrics`, {
    headers: { authorization: `Bearer ${KEYS.metrics}` },
  });
  const lines = (await response.text()).matchAll(/^probe_success\{.*job="([^"]+)".*\} 1$/gm);
  return [...lines].map(([, job = '']) => job);
}

async function untilHeldBy(store: Store, nodes: number, within: number): Promise<void> {
  const share = SHARDS / nodes;
  await until(`${nodes} nodes hold ${share} shards each`, within, async () => {
    const held = [...(await holders(store)).values()];
    return held.length === nodes && held.every((count) => count === share);
  });
}

test('nodes share the services; one that is killed or stops is replaced, and nothing goes down', async (t) => {
  await using stack = new AsyncDisposableStack();
  const postgres = stack.adopt(await startPostgres(), (started) => started.close());
  const folder = stack.use(tempFolder('probe-nodes'));
  const env = { VIGIE_DATABASE_URL: postgres.url, VIGIE_SECRET_KEY: 'one secret key for all of the nodes' };
  const start = async (name: string): Promise<ApiServer> =>
    stack.use(await spawnApiServer({ dataDir: join(folder.path, name), env }));
  const peer = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  stack.defer(() => void peer.close());
  await once(peer, 'listening');
  const address = peer.address();
  if (address === null || typeof address === 'string') throw new Error('BUG: no port');
  const a = await start('a');
  const b = await start('b');
  const store = stack.adopt(openStore(postgres.url), (opened) => opened.close());
  const names = Array.from({ length: SERVICES }, (_, i) => `service ${i}`).sort();
  const settings = { host: '127.0.0.1', port: address.port };
  for (const name of names) {
    const made = { name, kind: 'tcp', settings, interval: 5, timeout: 1, grace: 45 };
    await a.call('POST', '/api/vigie/services', made);
  }
  await untilHeldBy(store, 2, 25_000);
  const untilShared = (...servers: ApiServer[]): Promise<boolean> =>
    until('each service is probed by one node', 20_000, async () => {
      const probed = (await Promise.all(servers.map(probedBy))).flat().sort();
      return probed.length === SERVICES && probed.every((name, i) => name === names[i]);
    });
  await untilShared(a, b);

  const killed = performance.now();
  await a.end('SIGKILL');
  await untilHeldBy(store, 1, TAKE_OVER);
  t.diagnostic(`taken over ${Math.round(performance.now() - killed)} ms after the kill`);
  await until('the other node probes all of them', 10_000, async () => {
    return (await probedBy(b)).length === SERVICES;
  });

  const c = await start('c');
  await untilHeldBy(store, 2, 25_000);
  await untilShared(b, c);
  const stopped = performance.now();
  assert.equal(await c.end('SIGTERM'), 0);
  await untilHeldBy(store, 1, AT_ONCE);
  t.diagnostic(`taken over ${Math.round(performance.now() - stopped)} ms after the stop`);

  await until('all are well', 10_000, async () => {
    const { items } = await b.call<Page<Service>>('GET', '/api/vigie/services?limit=100');
    return items.every(({ state, status }) => state === 'healthy' && status === 'up');
  });
  const flips = await store.db.selectFrom('flips').select('id').where('new_status', '=', 'down').execute();
  assert.equal(flips.length, 0, 'a change of hands takes nothing down');
});
