/** Services from the API to the alert: a real server, its real thread of probes, and a port that opens and closes. */
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import { test } from 'node:test';
import type { ProbeRunView, Service } from '@vigie/contract';
import { systemClock } from '../src/clock.ts';
import { type TestServer, testServer } from './support/server.ts';
import { until } from './support/until.ts';
import { webhookReceiver } from './support/webhook-receiver.ts';

async function call<T>(server: TestServer, method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${server.url}/api/vigie${path}`, {
    method,
    headers: { 'x-api-key': server.keys.write, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
  return JSON.parse(text) as T;
}

/** A port of ours, free once this was called. */
async function listening(port = 0): Promise<{ server: Server; port: number }> {
  const server = createServer((socket) => socket.destroy()).listen(port, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  return { server, port: typeof address === 'object' && address !== null ? address.port : 0 };
}

const close = (server: Server) => new Promise((resolve) => server.close(resolve));

test('a service is probed at once and on, goes down with its reason, and comes back', async () => {
  await using server = await testServer({ clock: systemClock });
  const peer = await listening();
  const body = {
    name: 'Database',
    kind: 'tcp',
    settings: { host: '127.0.0.1', port: peer.port },
    tier: 1,
    interval: 5,
    timeout: 1,
  };
  const made = await call<Service>(server, 'POST', '/services', body);
  assert.deepEqual([made.tier, made.grace, made.state, made.last_run], [1, 120, 'unknown', null]);
  const now = () => call<Service>(server, 'GET', `/services/${made.id}`);
  await until('the first run', 10_000, async () => (await now()).state === 'healthy');
  const first = await now();
  assert.equal(first.last_run?.ok, true);
  assert.equal(first.instance, `127.0.0.1:${peer.port}`);

  await close(peer.server);
  const run = await call<ProbeRunView>(server, 'POST', `/services/${made.id}/run`);
  assert.deepEqual([run.ok, run.reason], [false, 'refused']);
  const down = await now();
  assert.deepEqual([down.state, down.status, down.last_run?.reason], ['unhealthy', 'down', 'refused']);
  const alerts = await call<{
    items: { labels: Record<string, string>; annotations: Record<string, string> }[];
  }>(server, 'GET', '/alerts');
  assert.equal(alerts.items[0]?.labels['severity'], 'critical');
  assert.match(alerts.items[0]?.annotations['body'] ?? '', /^refused: connect ECONNREFUSED/);

  const back = await listening(peer.port);
  await until('the recovery', 10_000, async () => (await now()).status === 'up');
  await close(back.server);

  const metrics = await fetch(`${server.url}/metrics`, {
    headers: { authorization: 'Bearer a-metrics-key-for-tests' },
  });
  assert.match(
    await metrics.text(),
    new RegExp(
      `^probe_success\\{project="[0-9a-f-]+",job="Database",instance="127.0.0.1:${peer.port}"\\} [01]$`,
      'm',
    ),
  );
});

test('a paused service is not probed, and probing goes on when it is resumed', async () => {
  await using server = await testServer({ clock: systemClock });
  let connections = 0;
  const peer = await listening();
  peer.server.on('connection', () => {
    connections += 1;
  });
  const settings = { host: '127.0.0.1', port: peer.port };
  const made = await call<Service>(server, 'POST', '/services', {
    kind: 'tcp',
    settings,
    interval: 5,
    timeout: 1,
  });
  await until('the first run', 10_000, () => connections === 1);
  await call(server, 'POST', `/checks/${made.id}/pause`);
  assert.equal((await call<Service>(server, 'GET', `/services/${made.id}`)).state, 'paused');
  await call(server, 'POST', `/checks/${made.id}/resume`);
  await until('a run after it was resumed', 10_000, () => connections >= 2);
  await close(peer.server);
});

test('what a service depends on is looked at first: its message waits for the graver one', async () => {
  await using server = await testServer({ clock: systemClock });
  const peer = await listening();
  await using receiver = await webhookReceiver();
  await call(server, 'POST', '/channels', {
    kind: 'webhook',
    name: 'Hook',
    settings: { url_down: receiver.url, url_up: receiver.url },
  });
  const settings = { host: '127.0.0.1', port: peer.port };
  const pace = { kind: 'tcp', settings, timeout: 1 };
  const parent = await call<Service>(server, 'POST', '/services', {
    ...pace,
    name: 'Database',
    interval: 600,
  });
  const dependent = { ...pace, name: 'API', interval: 5, depends_on: [parent.id] };
  const child = await call<Service>(server, 'POST', '/services', dependent);
  const now = (id: string) => call<Service>(server, 'GET', `/services/${id}`);
  for (const { id } of [parent, child]) {
    await until('both are well', 10_000, async () => (await now(id)).state === 'healthy');
  }
  await close(peer.server);
  await until('the outage', 15_000, async () => (await now(child.id)).status === 'down');
  assert.equal((await now(parent.id)).status, 'down', 'long before its own turn');
  interface Listed {
    items: { labels: { check: string }; held: { kind: string }[] }[];
  }
  const { items } = await call<Listed>(server, 'GET', '/alerts');
  const held = Object.fromEntries(items.map((alert) => [alert.labels.check, alert.held.length]));
  assert.deepEqual(held, { API: 1, Database: 0 });
});
