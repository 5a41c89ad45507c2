import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Alert, Channel, ChannelKind, Delivery, DeliveryDetail, ErrorBody, Page } from '@vigie/contract';
import { make, ping } from '../../testing/rest-checks.ts';
import { type RestServer, restServer } from '../../testing/rest-server.ts';

const HOOK = { kind: 'webhook', name: 'hook', settings: { url_down: 'http://127.0.0.1:1/s3cret' } };

async function makeHook(server: RestServer): Promise<Channel> {
  const answer = await server.call<Channel>('bob', 'POST', '/channels', HOOK);
  assert.equal(answer.status, 201, answer.text);
  return answer.body;
}

describe('channels', () => {
  it('never show their secrets, only that they are set', async () => {
    await using server = await restServer();
    const { id, secrets } = await makeHook(server);
    assert.ok(secrets.includes('url_down'));
    for (const path of ['/channels', `/channels/${id}`, '/audit', '/deliveries']) {
      const { text } = await server.call('alice', 'GET', path);
      assert.ok(!text.includes('s3cret'), path);
    }
  });

  it('keep the settings that a change leaves out', async () => {
    await using server = await restServer();
    const { id } = await makeHook(server);
    const patch = { name: 'renamed', settings: { url_up: 'http://127.0.0.1:1/up' } };
    const { body } = await server.call<Channel>('bob', 'PATCH', `/channels/${id}`, patch);
    assert.equal(body.name, 'renamed');
    assert.deepEqual(body.secrets.filter((name) => name.startsWith('url')).sort(), ['url_down', 'url_up']);
  });

  it('lose a secret that is taken away, but for one that they need', async () => {
    await using server = await restServer();
    const { id } = await makeHook(server);
    const patch = (settings: object) =>
      server.call<Channel & ErrorBody>('bob', 'PATCH', `/channels/${id}`, { settings });
    const up = 'http://127.0.0.1:1/up';
    await patch({ url_up: up, headers_up: { 'X-Key': 's3cret' } });
    const { body } = await patch({ url_up: null, headers_up: {}, headers_notice: {} });
    assert.deepEqual(body.secrets, ['url_down']);
    const refused = await patch({ url_down: null });
    assert.equal(refused.status, 400);
    assert.match(refused.body.error.message, /^settings\.url_down is missing: an address is needed/);
    assert.deepEqual((await server.call<Channel>('bob', 'GET', `/channels/${id}`)).body.secrets, [
      'url_down',
    ]);
    const slack = { kind: 'slack', name: 'slack', settings: { url: up } };
    const needed = await server.call<Channel>('bob', 'POST', '/channels', slack);
    const without = await server.call('bob', 'PATCH', `/channels/${needed.body.id}`, {
      settings: { url: null },
    });
    assert.equal(without.body.error.message, 'settings.url is missing');
  });

  it('count the checks that tell them', async () => {
    await using server = await restServer();
    const { id, checks_count } = await makeHook(server);
    const other = await makeHook(server);
    assert.equal(checks_count, 0);
    for (const channels of [[id], [id, other.id], []]) await make(server, { channels });
    const { items } = (await server.call<Page<Channel>>('rita', 'GET', '/channels')).body;
    assert.deepEqual(
      items.map((channel) => channel.checks_count),
      [2, 1],
    );
    assert.equal((await server.call<Channel>('rita', 'GET', `/channels/${id}`)).body.checks_count, 2);
  });

  it('have a budget of messages an hour, or none', async () => {
    await using server = await restServer();
    const { id, budget } = await makeHook(server);
    assert.equal(budget, null);
    const patched = await server.call<Channel>('bob', 'PATCH', `/channels/${id}`, { budget: 20 });
    assert.equal(patched.body.budget, 20);
    const none = await server.call<Channel>('bob', 'PATCH', `/channels/${id}`, { budget: null });
    assert.equal(none.body.budget, null);
    for (const wrong of [0, 10_001, 1.5, '20']) {
      const { status, body } = await server.call('bob', 'PATCH', `/channels/${id}`, { budget: wrong });
      assert.deepEqual([status, body.error.field], [400, 'budget'], String(wrong));
    }
  });

  it('are switched off and on, and deleted', async () => {
    await using server = await restServer();
    const { id } = await makeHook(server);
    const off = await server.call<Channel>('bob', 'PATCH', `/channels/${id}`, { disabled: true });
    assert.equal(off.body.disabled, true);
    assert.equal((await server.call('bob', 'DELETE', `/channels/${id}`)).status, 204);
    assert.equal((await server.call('bob', 'GET', `/channels/${id}`)).status, 404);
  });

  for (const [name, body, field] of [
    ['an unknown kind', { ...HOOK, kind: 'pigeon' }, 'kind'],
    ['settings that do not fit', { ...HOOK, settings: { url_down: 'nowhere' } }, 'settings.url_down'],
    [
      'half of a surrogate pair in a setting',
      { ...HOOK, settings: { ...HOOK.settings, headers_down: { 'X-A': '\ud83d' } } },
      'settings.headers_down',
    ],
    ['no name', { ...HOOK, name: ' ' }, 'name'],
    ['no settings', { kind: 'webhook', name: 'hook' }, 'settings'],
  ] as const) {
    it(`are refused with ${name}`, async () => {
      await using server = await restServer();
      const answer = await server.call('bob', 'POST', '/channels', body);
      assert.equal(`${answer.status} ${answer.body.error.field}`, `400 ${field}`);
      assert.ok(!answer.text.includes('s3cret'));
    });
  }

  it('tell the form of their settings', async () => {
    await using server = await restServer();
    const { body } = await server.call<{ items: ChannelKind[] }>('read', 'GET', '/channel-kinds');
    const slack = body.items.find((one) => one.kind === 'slack');
    const properties = slack?.settings_schema['properties'] as Record<string, Record<string, unknown>>;
    assert.equal(properties['url']?.['secret'], true);
  });
});

describe('the ledger of deliveries', () => {
  it('has a test message as soon as it is asked for', async () => {
    await using server = await restServer();
    const { id } = await makeHook(server);
    const test = await server.call<{ key: string }>('rita', 'POST', `/channels/${id}/test`);
    assert.equal(test.status, 202);
    const { body } = await server.call<Page<Delivery>>('read', 'GET', `/deliveries?key=${test.body.key}`);
    const [delivery] = body.items;
    assert.equal(`${delivery?.kind} ${delivery?.state} ${delivery?.channel_name}`, 'test queued hook');
    const detail = await server.call<DeliveryDetail>('read', 'GET', `/deliveries/${delivery?.id}`);
    assert.deepEqual(detail.body.tries, []);
    assert.equal((await server.call('charlie', 'GET', `/deliveries/${delivery?.id}`)).status, 404);
  });

  it('is read in pages, by check, channel and state', async () => {
    await using server = await restServer();
    const { id } = await makeHook(server);
    const check = await make(server, { channels: 'all' });
    for (let i = 0; i < 3; i++) {
      await ping(server, check.id, 'fail');
      await ping(server, check.id, 'success');
    }
    const page = async (query: string) =>
      (await server.call<Page<Delivery>>('bob', 'GET', `/deliveries?${query}`)).body;
    const first = await page('limit=4');
    const second = await page(`limit=4&cursor=${first.next}`);
    const ids = [...first.items, ...second.items].map((one) => Number(one.id));
    assert.deepEqual(
      ids,
      [...ids].sort((a, b) => b - a),
    );
    assert.equal(ids.length, 6);
    assert.equal(second.next, null);
    assert.equal(first.items[0]?.check, check.id);
    assert.equal((await page(`check=${check.id}&channel=${id}&state=queued`)).items.length, 6);
    assert.equal((await page('state=sent')).items.length, 0);
    assert.equal((await page(`check=${'0'.repeat(40)}`)).items.length, 0);
  });

  it('names the check and the alert, also of messages that came to nothing', async () => {
    await using server = await restServer();
    const { id } = await makeHook(server);
    const check = await make(server, { name: 'Backup', channels: 'all' });
    await ping(server, check.id, 'fail');
    // What was queued for it is skipped, so that nobody was told of the alert.
    assert.equal((await server.call('bob', 'DELETE', `/channels/${id}`)).status, 204);
    await server.writer.run('alerts.review', null);
    const read = async () =>
      (await server.call<Page<Delivery>>('bob', 'GET', `/deliveries?check=${check.id}`)).body.items;
    const alerts = (await server.call<Page<Alert>>('bob', 'GET', `/alerts?check=${check.id}`)).body.items;
    assert.deepEqual(
      alerts.map(({ untold }) => untold),
      [true],
    );
    const [delivery, ...others] = await read();
    const { state, check_name, alert, alert_name } = delivery ?? {};
    assert.deepEqual(
      { state, check_name, alert, alert_name },
      { state: 'skipped', check_name: 'Backup', alert: alerts[0]?.id, alert_name: 'CheckDown' },
    );
    await ping(server, check.id, 'success');
    assert.deepEqual(await read(), [delivery, ...others]);
  });

  for (const id of ['x', '0', '1e3', '9'.repeat(30)]) {
    it(`has no delivery ${id}`, async () => {
      await using server = await restServer();
      assert.equal((await server.call('bob', 'GET', `/deliveries/${id}`)).status, 404);
    });
  }
});
