import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Flip, Page, Ping, Rollups, SchedulePreview } from '@vigie/contract';
import { make, ping, refusal } from '../../testing/rest-checks.ts';
import { type Caller, restServer } from '../../testing/rest-server.ts';

describe('the past of a check', () => {
  it('lists its pings, newest first, with their bodies', async () => {
    await using server = await restServer();
    const { id } = await make(server, {});
    await ping(server, id, 'success', 'hello');
    await ping(server, id, 'fail');
    const { body } = await server.call<Page<Ping>>('rita', 'GET', `/checks/${id}/pings?limit=1`);
    assert.deepEqual(
      body.items.map((one) => [one.n, one.type, one.size]),
      [[2, 'fail', 0]],
    );
    const rest = await server.call<Page<Ping>>('rita', 'GET', `/checks/${id}/pings?cursor=${body.next}`);
    assert.deepEqual(
      rest.body.items.map((one) => [one.n, one.type, one.size]),
      [[1, 'success', 5]],
    );
    assert.equal(
      (await server.call<Ping>('bob', 'GET', `/checks/${id}/pings/1`)).body.remote_addr,
      '192.0.2.1',
    );
    const text = await server.call('bob', 'GET', `/checks/${id}/pings/1/body`);
    assert.equal(`${text.headers['content-type']} ${text.text}`, 'text/plain hello');
    assert.match(
      await refusal(server, 'GET', `/checks/${id}/pings/2/body`),
      /^404 null: this ping has no body$/,
    );
    for (const n of ['0', '3', 'x', '9'.repeat(20)]) {
      assert.equal(await refusal(server, 'GET', `/checks/${id}/pings/${n}`), '404 null: no such ping');
    }
  });

  it('tells how long the runs took that its pings ended', async () => {
    await using server = await restServer();
    const { id } = await make(server, {});
    for (const action of ['start', 'success', 'success'] as const) {
      await ping(server, id, action);
      await server.clock.advance(1500);
    }
    const { body } = await server.call<Page<Ping>>('rita', 'GET', `/checks/${id}/pings`);
    assert.deepEqual(
      body.items.map((one) => one.duration),
      [null, 1.5, null],
    );
    const first = await server.call<Page<Ping>>('rita', 'GET', `/checks/${id}/pings?limit=1`);
    const path = `/checks/${id}/pings?limit=1&cursor=${first.body.next}`;
    const second = await server.call<Page<Ping>>('rita', 'GET', path);
    assert.equal(second.body.items[0]?.duration, 1.5, 'its start is on the next page');
    const alone = await server.call<Ping>('rita', 'GET', `/checks/${id}/pings/2`);
    assert.equal(alone.body.duration, 1.5);
  });

  it('keeps the pings themselves from read-only keys', async () => {
    await using server = await restServer();
    const { id } = await make(server, {});
    assert.equal((await server.call('read', 'GET', `/checks/${id}/pings`)).status, 403);
  });

  it('lists its flips in pages, also those of one instant', async () => {
    await using server = await restServer();
    const { id } = await make(server, {});
    for (let i = 0; i < 3; i++) {
      await ping(server, id, 'fail');
      await ping(server, id, 'success');
    }
    const seen: Flip[] = [];
    let cursor = '';
    do {
      const { body } = await server.call<Page<Flip>>('read', 'GET', `/checks/${id}/flips?limit=4${cursor}`);
      seen.push(...body.items);
      cursor = body.next === null ? '' : `&cursor=${body.next}`;
    } while (cursor !== '');
    assert.equal(seen.length, 6);
    assert.equal(new Set(seen.map((flip) => flip.id)).size, 6);
    const later = '/flips?from=2026-07-15T12:00:00.001Z';
    assert.equal(
      (await server.call<Page<Flip>>('read', 'GET', `/checks/${id}${later}`)).body.items.length,
      0,
    );
  });

  it('lists the flips of a project across its checks', async () => {
    await using server = await restServer();
    const [one, two] = [await make(server, { name: 'one' }), await make(server, { name: 'two' })];
    for (const { id } of [one, two, one]) {
      for (const action of ['fail', 'success'] as const) {
        await ping(server, id, action);
        await server.clock.advance(1000);
      }
    }
    const list = async (caller: Caller, query = '') =>
      (await server.call<Page<Flip>>(caller, 'GET', `/flips?${query}`)).body;
    const { items } = await list('bob');
    assert.deepEqual(
      items.map((flip) => `${flip.check_name} ${flip.to}`),
      ['one up', 'one down', 'two up', 'two down', 'one up', 'one down'],
    );
    assert.deepEqual([items[0]?.check, items[2]?.check], [one.id, two.id]);
    const first = await list('bob', 'limit=4');
    const second = await list('bob', `limit=4&cursor=${first.next}`);
    assert.deepEqual([...first.items, ...second.items], items);
    assert.equal(second.next, null);
    assert.equal((await list('bob', 'from=2026-07-15T12:00:01Z&to=2026-07-15T12:00:03Z')).items.length, 2);
    assert.match((await list('read')).items[0]?.check ?? '', /^[0-9a-f]{40}$/);
    await server.call('charlie', 'POST', '/projects', { name: "Charlie's" });
    assert.deepEqual((await list('charlie')).items, []);
  });

  it('sums up hours and days with the uptime', async () => {
    await using server = await restServer();
    const { id } = await make(server, {});
    await ping(server, id, 'fail');
    await server.clock.advance(1_800_000);
    await ping(server, id, 'success');
    await server.clock.advance(1_800_000);
    const { body } = await server.call<Rollups>('read', 'GET', `/checks/${id}/rollups?period=hour`);
    assert.equal(body.total.down, 1800);
    assert.equal(body.total.uptime, 0.5);
    assert.deepEqual(
      body.items.map((item) => [item.start, item.successes, item.failures]),
      [['2026-07-15T12:00:00.000Z', 1, 1]],
    );
    assert.match(
      await refusal(server, 'GET', `/checks/${id}/rollups?from=2020-01-01T00:00:00Z`),
      /^400 from: from is more than 400 days before to$/,
    );
    assert.match(
      await refusal(server, 'GET', `/checks/${id}/rollups?from=2027-01-01T00:00:00Z`),
      /^400 from: from is not before to$/,
    );
  });
});

describe('a schedule', () => {
  it('is shown in words and times before it is used', async () => {
    await using server = await restServer();
    const path = `/schedule?schedule=${encodeURIComponent('0 3 * * 1')}&time_zone=Europe/Paris`;
    const { body } = await server.call<SchedulePreview>('read', 'GET', path);
    assert.equal(body.next.length, 10);
    assert.equal(body.next[0], '2026-07-20T01:00:00.000Z');
    assert.equal(body.previous[0], '2026-07-13T01:00:00.000Z');
    assert.match(body.words.en, /Monday/);
    assert.match(body.words.fr, /lundi/);
  });

  it('is shown for a check', async () => {
    await using server = await restServer();
    const { id } = await make(server, { timeout: 300 });
    const { body } = await server.call<SchedulePreview>('read', 'GET', `/checks/${id}/schedule`);
    assert.equal(`${body.kind} ${body.next[0]}`, 'simple 2026-07-15T12:05:00.000Z');
  });

  for (const query of [
    '',
    'timeout=60&schedule=x',
    'schedule=x',
    'timeout=60&time_zone=Nowhere',
    'timeout=1',
  ]) {
    it(`is refused as ${JSON.stringify(query)}`, async () => {
      await using server = await restServer();
      const answer = await server.call('read', 'GET', `/schedule?${query}`);
      assert.equal(answer.status, 400);
    });
  }
});
