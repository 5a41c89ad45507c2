/** The whole server on PostgreSQL: what it knows is in the database alone. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Channel } from '@vigie/contract';
import { openStore } from '../../src/store/open.ts';
import { KEYS, spawnApiServer } from '../support/api-server.ts';
import { accountFor, percentile, pingLoad } from '../support/ping-load.ts';
import { startPostgres } from '../support/postgres.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';
import { type Received, webhookReceiver } from '../support/webhook-receiver.ts';

/** Seconds, the shortest that the native API takes. */
const PERIOD = 5;
const GRACE = 5;
/** Milliseconds from the deadline to the receipt. */
const LAG = 250;
/** Milliseconds after which a message counts as missing. */
const LOST = 5_000;
const PINGS = 2_000;

test('API, pings, deadline, delivery and restart on PostgreSQL', async (t) => {
  await using stack = new AsyncDisposableStack();
  const postgres = stack.adopt(await startPostgres(), (started) => started.close());
  const receiver = stack.use(await webhookReceiver());
  const folder = stack.use(tempFolder('postgres-server'));
  const env = {
    VIGIE_DATABASE_URL: postgres.url,
    VIGIE_SECRET_KEY: 'the secret key of every start',
    VIGIE_PING_LOG_LIMIT: String(PINGS),
  };
  const start = async (name: string) =>
    stack.use(await spawnApiServer({ dataDir: join(folder.path, name), env }));
  const first = await start('first');
  const hook = { method_down: 'POST', url_down: receiver.url, method_up: 'POST', url_up: receiver.url };
  const channel = await first.call<Channel>('POST', '/api/vigie/channels', {
    kind: 'webhook',
    name: 'hook',
    settings: hook,
  });
  const late = await first.createCheck({
    name: 'late',
    timeout: PERIOD,
    grace: GRACE,
    channels: [channel.id],
  });
  const busy = await first.createCheck({ name: 'busy' });

  await fetch(`${first.url}/ping/${late.id}`, { method: 'POST', body: 'first run' });
  const deadline = Date.parse(String((await first.check(late.id)).last_ping)) + (PERIOD + GRACE) * 1000;
  const more = (sent: number): boolean => sent < PINGS;
  const began = performance.now();
  const sent = await pingLoad({ port: first.port, codes: [busy.id], connections: 64, name: 'load', more });
  const rate = Math.round((sent.length / (performance.now() - began)) * 1000);
  const latencies = sent.map(({ latency }) => latency);

  const received = (number: number): Promise<Received> =>
    until(`message ${number}`, (PERIOD + GRACE) * 1000 + LOST, () => receiver.received[number - 1]);
  const lag = (await received(1)).at - deadline;
  t.diagnostic(
    `${sent.length} pings on 64 connections: ${rate}/s, p99 ${percentile(latencies, 0.99).toFixed(1)} ms; ` +
      `from the deadline to the webhook ${lag} ms`,
  );
  assert.ok(lag >= 0 && lag <= LAG, `a lag of ${lag} ms`);
  const store = stack.adopt(openStore(postgres.url), (opened) => opened.close());
  const { lost, doubled, invented } = await accountFor(store, sent);
  // The late check's own ping is not of the load.
  const others = [`no marker of ${late.id}`];
  assert.deepEqual({ lost, doubled, invented }, { lost: [], doubled: [], invented: others });

  assert.equal(await first.end('SIGTERM'), 0);
  const second = await start('second');
  const seen = await second.check(late.id);
  assert.deepEqual([seen.status, seen.n_pings, Date.parse(String(seen.down_since))], ['down', 1, deadline]);
  assert.equal((await second.check(busy.id)).n_pings, PINGS);
  const upstream = await fetch(`${second.url}/api/v3/checks/?slug=`, { headers: { 'X-Api-Key': KEYS.read } });
  const { checks } = (await upstream.json()) as { checks: { name: string; status: string }[] };
  assert.deepEqual(
    checks.map(({ name, status }) => `${name} ${status}`),
    ['late down', 'busy up'],
  );

  await fetch(`${second.url}/ping/${late.id}`);
  await received(2);
  assert.deepEqual(
    receiver.received.map(({ status, code }) => [status, code]),
    [
      ['down', late.id],
      ['up', late.id],
    ],
  );
  assert.equal(await second.end('SIGTERM'), 0);
});
