/** Lists of services: some of them by name, and short ones for who watches very many. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Check, Page, Service } from '@vigie/contract';
import { systemClock } from '../src/clock.ts';
import { type TestServer, testServer } from './support/server.ts';
import { until } from './support/until.ts';

/** Calls with a key that may write, or only read. */
async function call<T>(
  server: TestServer,
  method: string,
  path: string,
  body?: unknown,
  key: 'write' | 'read' = 'write',
): Promise<T> {
  const response = await fetch(`${server.url}/api/vigie${path}`, {
    method,
    headers: { 'x-api-key': server.keys[key], 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
  return JSON.parse(text) as T;
}

/** Port 1 of this machine refuses connections. */
function service(name: string): object {
  return { name, kind: 'tcp', settings: { host: '127.0.0.1', port: 1 }, interval: 3600 };
}

test('only those that are named are listed, and none that is no service', async () => {
  await using server = await testServer({ clock: systemClock });
  const one = await call<Service>(server, 'POST', '/services', service('One'));
  await call<Service>(server, 'POST', '/services', service('Two'));
  const three = await call<Service>(server, 'POST', '/services', service('Three'));
  const heartbeat = await call<Check>(server, 'POST', '/checks', { name: 'Backup' });
  const query = [three.id, heartbeat.id, one.id].map((id) => `id=${id}`).join('&');
  const { items } = await call<Page<Service>>(server, 'GET', `/services?${query}`);
  assert.deepEqual(
    items.map(({ name }) => name),
    ['One', 'Three'],
  );
  const [seen] = (await call<Page<Service>>(server, 'GET', '/services', undefined, 'read')).items;
  const again = await call<Page<Service>>(server, 'GET', `/services?id=${seen?.id}`, undefined, 'read');
  assert.deepEqual(
    again.items.map(({ name }) => name),
    ['One'],
  );
});

test('a brief list tells how services are, and leaves away what they are set to and measured', async () => {
  await using server = await testServer({ clock: systemClock });
  const { id } = await call<Service>(server, 'POST', '/services', service('One'));
  await until(
    'the first run',
    10_000,
    async () => (await call<Service>(server, 'GET', `/services/${id}`)).last_run !== null,
  );
  const [whole] = (await call<Page<Service>>(server, 'GET', '/services')).items;
  const [brief] = (await call<Page<Service>>(server, 'GET', '/services?brief=true')).items;
  assert.deepEqual(whole?.settings, { host: '127.0.0.1', port: 1 });
  assert.ok((whole?.last_run?.phases.length ?? 0) > 0, 'the whole list has no phases');
  assert.deepEqual(brief, {
    ...whole,
    settings: {},
    secrets: [],
    last_run: { ...whole?.last_run, phases: [], measurements: [], details: {} },
  });
});
