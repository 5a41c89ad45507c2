import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Channel, Check, CheckPage, Project } from '@vigie/contract';
import { make, ping, refusal } from '../../testing/rest-checks.ts';
import { type RestServer, restServer } from '../../testing/rest-server.ts';

async function listed(server: RestServer, query: string): Promise<CheckPage> {
  return (await server.call<CheckPage>('rita', 'GET', `/checks?${query}`)).body;
}

async function names(server: RestServer, query: string): Promise<string> {
  return (await listed(server, query)).items.map((check) => check.name).join(' ');
}

async function channel(server: RestServer, name: string): Promise<string> {
  const body = { kind: 'webhook', name, settings: { url_down: 'http://127.0.0.1:1/' } };
  return (await server.call<Channel>('bob', 'POST', '/channels', body)).body.id;
}

describe('a long list of checks', () => {
  it('begins with what hurts first, at this moment', async () => {
    await using server = await restServer();
    const ids = new Map<string, string>();
    for (const name of ['paused', 'new', 'up', 'started', 'late', 'down']) {
      ids.set(name, (await make(server, { name, timeout: name === 'late' ? 60 : 3600 })).id);
    }
    const idOf = (name: string) => ids.get(name) ?? '';
    await server.call<Check>('bob', 'POST', `/checks/${idOf('paused')}/pause`);
    for (const name of ['up', 'started', 'late', 'down']) await ping(server, idOf(name), 'success');
    await ping(server, idOf('started'), 'start');
    await ping(server, idOf('down'), 'fail');
    await server.clock.advance(90_000);
    assert.equal(await names(server, 'sort=status'), 'down late started up new paused');
    assert.equal(await names(server, 'sort=-status'), 'paused new up started late down');
    assert.equal(await names(server, 'sort=status&limit=2'), 'down late');
    assert.equal(await names(server, 'sort=deadline&limit=2'), 'started late');
  });

  it('is sorted by outages and by runs in progress, what has none last', async () => {
    await using server = await restServer();
    for (const [name, action] of [
      ['long', 'start'],
      ['old', 'fail'],
      ['short', 'start'],
      ['fresh', 'fail'],
    ] as const) {
      await ping(server, (await make(server, { name })).id, action);
      await server.clock.advance(1_000);
    }
    assert.equal(await names(server, 'sort=-down_since'), 'fresh old short long');
    assert.equal(await names(server, 'sort=-down_since&status=down&limit=1'), 'fresh');
    assert.equal(await names(server, 'sort=started_at'), 'long short old fresh');
    const { next } = await listed(server, 'sort=started_at&limit=1');
    assert.equal(await names(server, `sort=started_at&limit=1&cursor=${next}`), 'short');
  });

  it('tells how many match, when asked', async () => {
    await using server = await restServer();
    for (const name of ['a', 'b', 'c']) await make(server, { name, tags: name === 'c' ? [] : ['prod'] });
    const first = await listed(server, 'limit=1&count=true&tag=prod');
    assert.deepEqual([first.items.length, first.total], [1, 2]);
    const second = await listed(server, `limit=1&count=true&tag=prod&cursor=${first.next}`);
    assert.deepEqual([second.items.length, second.total, second.next], [1, 2, null]);
    assert.equal('total' in (await listed(server, 'count=false')), false);
  });

  it('is filtered by channels', async () => {
    await using server = await restServer();
    const [mail, chat] = [await channel(server, 'mail'), await channel(server, 'chat')];
    await make(server, { name: 'none' });
    await make(server, { name: 'mail', channels: [mail] });
    await make(server, { name: 'both', channels: 'all' });
    assert.equal(await names(server, `channel=${chat}`), 'both');
    assert.equal(await names(server, `channel=${mail}`), 'mail both');
    assert.equal(await names(server, `channel=none&channel=${chat}`), 'none both');
    assert.equal(
      await refusal(server, 'GET', '/checks?channel=x'),
      '400 channel.0: channel.0 is not a UUID in lower case',
    );
  });

  it('is filtered by ids, each as its reader sees it', async () => {
    await using server = await restServer();
    const [a, b] = [await make(server, { name: 'a' }), await make(server, { name: 'b' })];
    await make(server, { name: 'c' });
    const many = Array.from({ length: 101 }, () => `id=${a.id}`).join('&');
    assert.match(await refusal(server, 'GET', `/checks?${many}`), /^400 id: id is too large: it takes 100/);
    const { body: other } = await server.call<Project>('bob', 'POST', '/projects', { name: 'Other' });
    const { body: foreign } = await server.call<Check>('bob', 'POST', `/checks?project=${other.id}`, {});
    assert.equal(await names(server, `id=${a.id}&id=${b.id}&id=${foreign.id}&id=x`), 'a b');
    assert.equal(await names(server, `id=${a.id}&id=${b.id}&q=B`), 'b');
    const seen = (await listed(server, '')).items.find((check) => check.name === 'b');
    assert.notEqual(seen?.id, b.id);
    assert.equal(await names(server, `id=${seen?.id}`), 'b');
  });
});
