import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Channel, Check, Delivery, Flip, Page, Ping, TimelineEntry } from '@vigie/contract';
import { make, ping, refusal } from '../../testing/rest-checks.ts';
import { type Caller, type RestServer, restServer } from '../../testing/rest-server.ts';

async function pageOf(server: RestServer, caller: Caller, id: string, query: string) {
  const answer = await server.call<Page<TimelineEntry>>(caller, 'GET', `/checks/${id}/timeline?${query}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
}

async function whole(server: RestServer, id: string, query: string): Promise<TimelineEntry[]> {
  const entries: TimelineEntry[] = [];
  let cursor = '';
  do {
    const page = await pageOf(server, 'bob', id, query + cursor);
    entries.push(...page.items);
    cursor = page.next === null ? '' : `&cursor=${page.next}`;
  } while (cursor !== '');
  return entries;
}

function nameOf(entry: TimelineEntry): string {
  if (entry.kind === 'ping') return `ping ${entry.ping.n} ${entry.ping.type}`;
  // Flips of one instant have no order of their own.
  return entry.kind === 'flip' ? 'flip' : `delivery ${entry.delivery.kind}`;
}

/** A check that tells a channel, went down and came up at one instant, and was well a minute later. */
async function busyCheck(server: RestServer): Promise<Check> {
  const hook = { kind: 'webhook', name: 'hook', settings: { url_down: 'http://127.0.0.1:1/' } };
  const { body } = await server.call<Channel>('bob', 'POST', '/channels', hook);
  const check = await make(server, { name: 'job', channels: [body.id] });
  for (const action of ['success', 'fail', 'start', 'success'] as const) await ping(server, check.id, action);
  await server.clock.advance(60_000);
  await ping(server, check.id, 'success');
  return check;
}

describe('the time line of a check', () => {
  it('has pings, flips and messages, newest first', async () => {
    await using server = await restServer();
    const { id } = await busyCheck(server);
    assert.deepEqual((await whole(server, id, '')).map(nameOf), [
      'ping 5 success',
      'delivery resolved',
      'delivery firing',
      'flip',
      'flip',
      'flip',
      'ping 4 success',
      'ping 3 start',
      'ping 2 fail',
      'ping 1 success',
    ]);
  });

  it('shows each as it is shown elsewhere', async () => {
    await using server = await restServer();
    const { id } = await busyCheck(server);
    const entries = await whole(server, id, '');
    const itemsOf = async <T>(path: string) => (await server.call<Page<T>>('bob', 'GET', path)).body.items;
    const pings = await itemsOf<Ping>(`/checks/${id}/pings`);
    assert.deepEqual(
      entries.flatMap((one) => (one.kind === 'ping' ? [one.ping] : [])),
      pings,
    );
    assert.deepEqual(
      entries.flatMap((one) => (one.kind === 'flip' ? [one.flip] : [])),
      await itemsOf<Flip>(`/checks/${id}/flips`),
    );
    assert.deepEqual(
      entries.flatMap((one) => (one.kind === 'delivery' ? [one.delivery] : [])),
      await itemsOf<Delivery>(`/deliveries?check=${id}`),
    );
  });

  for (const limit of [1, 2, 3, 7, 10]) {
    it(`neither loses nor doubles what came at one instant, by ${limit}`, async () => {
      await using server = await restServer();
      const { id } = await busyCheck(server);
      const all = await whole(server, id, '');
      assert.deepEqual(await whole(server, id, `limit=${limit}`), all);
      const some = all.filter((entry) => entry.kind !== 'ping');
      assert.deepEqual(await whole(server, id, `limit=${limit}&kind=flip&kind=delivery`), some);
    });
  }

  it('has the messages of an alert that nobody was told of, as every one of them failed', async () => {
    await using server = await restServer();
    const hook = { kind: 'webhook', name: 'hook', settings: { url_down: 'http://127.0.0.1:1/' } };
    const { body } = await server.call<Channel>('bob', 'POST', '/channels', hook);
    const { id } = await make(server, { name: 'job', channels: [body.id] });
    await ping(server, id, 'fail');
    await server.call('bob', 'DELETE', `/channels/${body.id}`);
    await server.writer.run('alerts.review', null);
    await ping(server, id, 'success');
    const entries = await whole(server, id, 'kind=delivery');
    assert.deepEqual(entries.map(nameOf), ['delivery firing']);
  });

  it('has no pings for who may not see them', async () => {
    await using server = await restServer();
    const { id } = await busyCheck(server);
    const { items } = await pageOf(server, 'read', id, '');
    assert.deepEqual(new Set(items.map((entry) => entry.kind)), new Set(['delivery', 'flip']));
    assert.equal((await server.call('read', 'GET', `/checks/${id}/timeline?kind=ping`)).status, 403);
    assert.match(
      await refusal(server, 'GET', `/checks/${id}/timeline?kind=alert`),
      /^400 kind\.0: kind\.0 must be one of/,
    );
  });
});
