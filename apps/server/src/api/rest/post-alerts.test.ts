import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AlertsAccepted, ErrorBody } from '@vigie/contract';
import { type RestServer, restServer } from '../../testing/rest-server.ts';

const DISK = { labels: { alertname: 'DiskFull', instance: 'h1', severity: 'critical' } };

async function alertsOf({ store }: RestServer): Promise<string[]> {
  const rows = await store.db.selectFrom('alerts').selectAll().orderBy('id').execute();
  return rows.map(({ name, severity, state, source }) => `${name} ${severity} ${state} ${source}`);
}

function webhook(server: RestServer, body: object, headers: Record<string, string>) {
  return server.app.inject({
    method: 'POST',
    url: '/api/webhook/alert',
    headers: { 'content-type': 'application/json', ...headers },
    payload: JSON.stringify(body),
  });
}

test('posted alerts are stored; the same labels again are the same alert, until it is over', async () => {
  await using server = await restServer();
  const first = await server.call<AlertsAccepted>('write', 'POST', '/alerts', [DISK]);
  assert.deepEqual([first.status, first.body], [200, { accepted: 1, rejected: [] }]);
  await server.call('bob', 'POST', '/alerts', [{ ...DISK, annotations: { summary: 'more' } }]);
  assert.deepEqual(await alertsOf(server), ['DiskFull critical firing api']);
  const over = { ...DISK, ends_at: new Date(server.clock.now()).toISOString() };
  await server.call('write', 'POST', '/alerts', [over]);
  assert.deepEqual(await alertsOf(server), ['DiskFull critical resolved api']);
});

test('labels that differ in a name that every object has are two alerts', async () => {
  await using server = await restServer();
  const body = ['x', 'y'].map((value) => ({ labels: Object.fromEntries([['__proto__', value]]) }));
  const { body: accepted } = await server.call<AlertsAccepted>('write', 'POST', '/alerts', body);
  assert.equal(accepted.accepted, 2);
  const rows = await server.store.db.selectFrom('alerts').select('labels').orderBy('id').execute();
  assert.deepEqual(
    rows.map(({ labels }) => labels),
    ['{"__proto__":"x"}', '{"__proto__":"y"}'],
  );
});

test('an alert without an end is over five minutes after it was last posted', async () => {
  await using server = await restServer();
  await server.call('write', 'POST', '/alerts', [DISK]);
  await server.clock.advance(299_999);
  await server.writer.run('alerts.review', null);
  assert.deepEqual(await alertsOf(server), ['DiskFull critical firing api']);
  await server.clock.advance(1);
  await server.writer.run('alerts.review', null);
  assert.deepEqual(await alertsOf(server), ['DiskFull critical resolved api']);
});

test('what is good of a list is stored, and the rest is told', async () => {
  await using server = await restServer();
  const list = [{ labels: {} }, DISK, { labels: { a: 'b' }, ends_at: 'soon' }];
  const { status, body } = await server.call<AlertsAccepted>('write', 'POST', '/alerts', list);
  assert.equal(status, 200);
  assert.equal(body.accepted, 1);
  assert.deepEqual(
    body.rejected.map(({ index, field }) => `${index} ${field}`),
    ['0 labels', '2 ends_at'],
  );
  assert.equal((await alertsOf(server)).length, 1);
});

test('a list of which nothing is good is an error that names the first fault', async () => {
  await using server = await restServer();
  const { status, body } = await server.call('write', 'POST', '/alerts', [{ labels: { a: 1 } }, {}]);
  assert.equal(status, 400);
  assert.equal(body.error.field, '0.labels.a');
  assert.match(body.error.message, /^no alert could be taken in: 0: labels\.a must be string; the other 1 /);
  const none = await server.call<AlertsAccepted>('write', 'POST', '/alerts', []);
  assert.deepEqual([none.status, none.body], [200, { accepted: 0, rejected: [] }]);
});

for (const [what, body, status] of [
  ['no list', { alerts: [] }, 400],
  ['more than 10,000', Array.from({ length: 10_001 }, () => ({})), 400],
  ['more than 16 MB', ['x'.repeat(17 * 2 ** 20)], 413],
] as const) {
  test(`refused as a whole: ${what}`, async () => {
    await using server = await restServer();
    assert.equal((await server.call('write', 'POST', '/alerts', body)).status, status);
    assert.deepEqual(await alertsOf(server), []);
  });
}

test('a large body of a stranger is refused before it is read', async () => {
  await using server = await restServer();
  const { status } = await server.call('nobody', 'POST', '/alerts', ['x'.repeat(17 * 2 ** 20)]);
  assert.equal(status, 401);
});

test("Alertmanager's webhook fires until it says resolved, whatever the time", async () => {
  await using server = await restServer();
  const key = server.headersOf('write')['x-api-key'] ?? '';
  const basic = `Basic ${Buffer.from(`alertmanager:${key}`).toString('base64')}`;
  const payload = (status: string, endsAt: string) => ({
    version: '4',
    groupKey: '{}:{alertname="DiskFull"}',
    status,
    receiver: 'vigie',
    alerts: [
      {
        status,
        labels: DISK.labels,
        annotations: { summary: 'full' },
        startsAt: '2026-07-15T11:59:00.123456789Z',
        endsAt,
        generatorURL: 'http://prometheus/graph',
        fingerprint: '0123456789abcdef',
      },
    ],
  });
  const fired = await webhook(server, payload('firing', '0001-01-01T00:00:00Z'), { authorization: basic });
  assert.deepEqual(fired.json(), { accepted: 1, rejected: [] });
  await server.clock.advance(30 * 86_400_000);
  await server.writer.run('alerts.review', null);
  assert.deepEqual(await alertsOf(server), ['DiskFull critical firing api']);
  const ended = await webhook(server, payload('resolved', '2026-07-15T12:30:00Z'), {
    authorization: `Bearer ${key}`,
  });
  assert.equal(ended.statusCode, 200);
  assert.deepEqual(await alertsOf(server), ['DiskFull critical resolved api']);
});

test('a webhook of another version is refused; its bad alerts are named by their place', async () => {
  await using server = await restServer();
  const headers = server.headersOf('write');
  const other = await webhook(server, { version: '1', alerts: [] }, headers);
  assert.equal(other.json<ErrorBody>().error.field, 'version');
  const bad = await webhook(server, { version: '4', alerts: [{ status: 'broken', labels: {} }] }, headers);
  assert.equal(bad.json<ErrorBody>().error.field, 'alerts.0.status');
});

test('only who may write posts alerts', async () => {
  await using server = await restServer();
  for (const [caller, status] of [
    ['rita', 403],
    ['read', 403],
    ['charlie', 404],
    ['nobody', 401],
  ] as const) {
    assert.equal((await server.call(caller, 'POST', '/alerts', [DISK])).status, status, caller);
  }
});
