import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Check, Project, Runs } from '@vigie/contract';
import { make, ping, refusal } from '../../testing/rest-checks.ts';
import { type Caller, type RestServer, restServer } from '../../testing/rest-server.ts';

async function runs(server: RestServer, caller: Caller, ...ids: string[]): Promise<Runs['items']> {
  const path = `/checks/runs?${ids.map((id) => `id=${id}`).join('&')}`;
  const answer = await server.call<Runs>(caller, 'GET', path);
  assert.equal(answer.status, 200, answer.text);
  return answer.body.items;
}

describe('the last runs of several checks', () => {
  it('come oldest first, each with its duration where it has one', async () => {
    await using server = await restServer();
    const [one, two, idle] = [await make(server, {}), await make(server, {}), await make(server, {})];
    for (const action of ['start', 'success', 'start', 'fail', 'success'] as const) {
      await ping(server, one.id, action);
      await server.clock.advance(1500);
    }
    await ping(server, two.id, 'start');
    const items = await runs(server, 'bob', one.id, two.id, idle.id);
    assert.deepEqual(items, {
      [one.id]: [
        { n: 2, at: '2026-07-15T12:00:01.500Z', kind: 'success', duration: 1.5 },
        { n: 4, at: '2026-07-15T12:00:04.500Z', kind: 'fail', duration: 1.5 },
        { n: 5, at: '2026-07-15T12:00:06.000Z', kind: 'success', duration: null },
      ],
      [two.id]: [],
      [idle.id]: [],
    });
  });

  it('are thirty at most, the latest', async () => {
    await using server = await restServer();
    const { id } = await make(server, {});
    for (let i = 0; i < 33; i++) await ping(server, id, 'success');
    const own = (await runs(server, 'bob', id))[id] ?? [];
    assert.deepEqual([own.length, own[0]?.n, own.at(-1)?.n], [30, 4, 33]);
  });

  it('are shown under the names that the caller may see', async () => {
    await using server = await restServer();
    const { id } = await make(server, {});
    await ping(server, id, 'success');
    const [key = ''] = (await server.call<{ items: Check[] }>('read', 'GET', '/checks')).body.items.map(
      (check) => check.id,
    );
    assert.deepEqual(Object.keys(await runs(server, 'read', key)), [key]);
  });

  it('are of one project', async () => {
    await using server = await restServer();
    const own = await make(server, {});
    const { body: project } = await server.call<Project>('bob', 'POST', '/projects', { name: 'Other' });
    const answer = await server.call<Check>('bob', 'POST', `/checks?project=${project.id}`, {});
    assert.deepEqual(Object.keys(await runs(server, 'bob', own.id, answer.body.id)), [own.id]);
    assert.deepEqual(Object.keys(await runs(server, 'bob', answer.body.id, own.id)), [answer.body.id]);
    assert.equal((await server.call('charlie', 'GET', `/checks/runs?id=${own.id}`)).status, 404);
  });

  it('are those of the checks that there are, where their project is named', async () => {
    await using server = await restServer();
    const [gone, kept] = [await make(server, {}), await make(server, {})];
    await server.call('bob', 'DELETE', `/checks/${gone.id}`);
    const ask = `/checks/runs?id=${gone.id}&id=${kept.id}`;
    assert.equal(await refusal(server, 'GET', ask), '404 null: no such check');
    const path = `${ask}&project=${server.project.code}`;
    assert.deepEqual((await server.call<Runs>('bob', 'GET', path)).body.items, { [kept.id]: [] });
    assert.equal((await server.call('charlie', 'GET', path)).status, 404);
  });

  it('need ids, and not too many', async () => {
    await using server = await restServer();
    assert.equal(await refusal(server, 'GET', '/checks/runs'), '400 id: id is missing');
    const { id } = await make(server, {});
    const many = Array.from({ length: 101 }, () => `id=${id}`).join('&');
    assert.match(
      await refusal(server, 'GET', `/checks/runs?${many}`),
      /^400 id: id is too large: it takes 100/,
    );
  });
});
