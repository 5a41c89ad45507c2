/** Doors that were made for checks, and what they may do to one that is probed. */
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import type { Service } from '@vigie/contract';
import { systemClock } from '../src/clock.ts';
import { type TestServer, testServer } from './support/server.ts';
import { until } from './support/until.ts';

async function send(server: TestServer, method: string, path: string, body?: unknown) {
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: { 'x-api-key': server.keys.write, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
}

async function call<T>(server: TestServer, method: string, path: string, body?: unknown): Promise<T> {
  const { status, text } = await send(server, method, path, body);
  assert.ok(status < 300, `${method} ${path}: ${status} ${text}`);
  return JSON.parse(text) as T;
}

/** A service that its first run found well; its next one is an hour away. */
async function wellService(server: TestServer): Promise<Service> {
  const peer = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await new Promise((resolve) => peer.once('listening', resolve));
  const address = peer.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const settings = { host: '127.0.0.1', port };
  const body = { name: 'Cache', slug: 'cache', kind: 'tcp', settings, interval: 3_600 };
  const made = await call<Service>(server, 'POST', '/api/vigie/services', body);
  const shown = () => call<Service>(server, 'GET', `/api/vigie/services/${made.id}`);
  try {
    await until('its first run', 10_000, async () => (await shown()).status === 'up');
  } finally {
    peer.close();
  }
  return shown();
}

const period = async ({ app }: TestServer) =>
  app.context.store.db.selectFrom('checks').select(['kind', 'timeout']).executeTakeFirstOrThrow();

test('no door changes how long the check of a service waits for its probe', async () => {
  await using server = await testServer({ clock: systemClock });
  const { id } = await wellService(server);
  const versions = ['/api/v1', '/api/v2', '/api/v3'];
  const doors: [method: string, path: string, body: object][] = [
    ['PATCH', `/api/vigie/checks/${id}`, {}],
    ['POST', '/api/vigie/checks', { id }],
    ...versions.flatMap((api): [string, string, object][] => [
      ['POST', `${api}/checks/${id}`, {}],
      ['POST', `${api}/checks/`, { uuid: id }],
      ['POST', `${api}/checks/`, { name: 'Cache', unique: ['name'] }],
    ]),
  ];
  for (const [method, path, body] of doors) {
    for (const change of [{ timeout: 60 }, { schedule: '* * * * *' }]) {
      const { status, text } = await send(server, method, path, { ...body, ...change });
      assert.equal(status, 400, `${method} ${path} ${JSON.stringify(change)}: ${text}`);
      assert.match(text, /timeout is 3600 s, the interval of the service's probe/);
      assert.deepEqual(await period(server), { kind: 'simple', timeout: 3_600 });
    }
    await call(server, method, path, { ...body, timeout: 3_600, grace: 60 });
  }
});

test('what comes from outside for a service is logged, answered with OK, and changes nothing', async () => {
  await using server = await testServer({ clock: systemClock });
  const { id, ...before } = await wellService(server);
  const now = () => call<Service>(server, 'GET', `/api/vigie/services/${id}`);
  const slug = `${server.keys.ping}/cache`;
  const pings: [path: string, kind: string][] = [
    [`/ping/${id}/fail`, 'ign'],
    [`/ping/${id}/1`, 'ign'],
    [`/ping/${id}/start`, 'ign'],
    [`/ping/${slug}/fail`, 'ign'],
    [`/ping/${slug}/fail?create=1`, 'ign'],
    [`/ping/${id}/log`, 'log'],
  ];
  for (const [path] of pings) {
    const { status, text } = await send(server, 'POST', path);
    assert.deepEqual([status, text], [200, 'OK'], path);
  }
  const { status, state, last_run } = await now();
  assert.deepEqual([status, state, last_run], ['up', before.state, before.last_run]);
  const { items } = await call<{ items: { type: string }[] }>(server, 'GET', `/api/vigie/checks/${id}/pings`);
  const kinds = items.map(({ type }) => type).reverse();
  assert.deepEqual(kinds, ['success', ...pings.map(([, kind]) => kind)]);
  // Nor is one that is down raised by it.
  await call(server, 'POST', `/api/vigie/services/${id}/run`);
  assert.equal((await now()).status, 'down');
  await send(server, 'POST', `/ping/${id}`);
  assert.equal((await now()).status, 'down');
});

test('filters and methods of its check keep nothing that the probe says from counting', async () => {
  await using server = await testServer({ clock: systemClock });
  const { id } = await wellService(server);
  const filters = { methods: 'POST', filter_http_body: true, success_kw: 'refused' };
  await call(server, 'PATCH', `/api/vigie/checks/${id}`, filters);
  await call(server, 'POST', `/api/vigie/services/${id}/run`);
  assert.equal((await call<Service>(server, 'GET', `/api/vigie/services/${id}`)).status, 'down');
});
