/** Kill -9 around a digest: what is beyond a budget is gathered on disk, and told once in one message. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import type { Channel } from '@vigie/contract';
import { openStore } from '../../src/store/open.ts';
import { type ApiServer, spawnApiServer } from '../support/api-server.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

const CHECKS = 20;
/** Messages that go by themselves. */
const BUDGET = 3;
/** Milliseconds after which a message counts as missing. */
const LOST = 15_000;

interface Call {
  key: string;
  /** The check, or the digest. */
  document: { name?: string; messages?: number; firing?: number };
}

test('a digest outlives kill -9: nothing that was gathered is lost, and it has one key', async (t) => {
  await using stack = new AsyncDisposableStack();
  const receiver = stack.use(await slowReceiver());
  const folder = stack.use(tempFolder('digests-kill'));
  const start = async (): Promise<ApiServer> => stack.use(await spawnApiServer({ dataDir: folder.path }));
  let server = await start();
  const settings = { method_down: 'POST', url_down: receiver.url, body_down: '$JSON' };
  const hook = { kind: 'webhook', name: 'hook', settings, budget: BUDGET };
  await server.call<Channel>('POST', '/api/vigie/channels', hook);
  const names = Array.from({ length: CHECKS }, (_, i) => `job ${i}`);
  const checks = await Promise.all(names.map((name) => server.createCheck({ name })));

  // The budget is passed while everything fails, and the server dies with the last answer.
  await Promise.all(checks.map(({ ping_url: url }) => fetch(`${url}/fail`, { method: 'POST' })));
  await server.end('SIGKILL');
  server = await start();
  await until('the budget is used', LOST, () => keysOf(receiver.calls).size === BUDGET);
  assert.deepEqual(await statesIn(folder.path), { gathered: CHECKS - BUDGET, digests: 1 });

  // The hour is over, and the server dies while its digest is on the way: nobody knows whether it arrived.
  await server.end('SIGKILL');
  await endTheHour(folder.path);
  receiver.hold = true;
  server = await start();
  await until('the digest is on its way', LOST, () => digestsIn(receiver.calls).length > 0);
  await server.end('SIGKILL');
  receiver.hold = false;
  server = await start();
  const sent = await until('the digest is sent', LOST, async () => {
    const { items } = await server.call<{ items: { kind: string; state: string }[] }>(
      'GET',
      '/api/vigie/deliveries?limit=100',
    );
    return items.find(({ kind, state }) => kind === 'digest' && state === 'sent');
  });
  assert.equal(sent.kind, 'digest');

  const digests = digestsIn(receiver.calls);
  assert.ok(digests.length >= 2, 'it was sent again, as its first receipt was not written down');
  assert.equal(keysOf(digests).size, 1);
  for (const { document } of digests) {
    assert.deepEqual([document.messages, document.firing], [CHECKS - BUDGET, CHECKS - BUDGET]);
  }
  assert.equal(keysOf(receiver.calls).size, BUDGET + 1);
  t.diagnostic(`${receiver.calls.length} calls, ${keysOf(receiver.calls).size} messages`);
});

function keysOf(calls: readonly Call[]): Set<string> {
  return new Set(calls.map(({ key }) => key));
}

function digestsIn(calls: readonly Call[]): Call[] {
  return calls.filter(({ document }) => document.messages !== undefined);
}

async function statesIn(folder: string): Promise<{ gathered: number; digests: number }> {
  const store = openStore(`sqlite:${join(folder, 'vigie.db')}`);
  try {
    const rows = await store.db.selectFrom('deliveries').select(['kind', 'state']).execute();
    return {
      gathered: rows.filter(({ state }) => state === 'gathered').length,
      digests: rows.filter(({ kind }) => kind === 'digest').length,
    };
  } finally {
    await store.close();
  }
}

/** Makes what waits for the end of an hour due now. */
async function endTheHour(folder: string): Promise<void> {
  const store = openStore(`sqlite:${join(folder, 'vigie.db')}`);
  try {
    await store.db
      .updateTable('work')
      .set({ due_at: 0 })
      .where('kind', '=', 'delivery')
      .where('key', 'like', 'digest:%')
      .execute();
  } finally {
    await store.close();
  }
}

/** A server that takes calls, and answers none while `hold` is set. */
async function slowReceiver(): Promise<AsyncDisposable & { url: string; calls: Call[]; hold: boolean }> {
  const calls: Call[] = [];
  const server = createServer(async (request, response) => {
    const key = String(request.headers['webhook-id']);
    calls.push({ key, document: JSON.parse(await text(request)) as Call['document'] });
    if (!receiver.hold) response.end('OK');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const receiver = {
    url: `http://127.0.0.1:${port}/hook`,
    calls,
    hold: false,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return receiver;
}
