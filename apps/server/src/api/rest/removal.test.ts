import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Check, Page } from '@vigie/contract';
import { make, ping, refusal } from '../../testing/rest-checks.ts';
import { restServer } from '../../testing/rest-server.ts';

const MINUTE = 60_000;

describe('a deleted check', () => {
  it('comes back as it was, with its past', async () => {
    await using server = await restServer();
    const parent = await make(server, { name: 'parent' });
    const { id } = await make(server, { name: 'job', tags: ['a'], depends_on: [parent.id] });
    await make(server, { name: 'child', depends_on: [id] });
    await ping(server, id, 'success');
    const before = (await server.call<Check>('bob', 'GET', `/checks/${id}`)).body;
    await server.call('bob', 'DELETE', `/checks/${id}`);
    assert.equal((await server.call('bob', 'GET', `/checks/${id}`)).status, 404);
    const listed = (await server.call<Page<Check>>('bob', 'GET', '/checks')).body.items;
    assert.deepEqual(
      listed.map((check) => `${check.name} ${check.depends_on.length}`),
      ['parent 0', 'child 0'],
    );
    const restored = await server.call<Check>('bob', 'POST', `/checks/${id}/restore`);
    assert.deepEqual(restored.body, before);
    const pings = await server.call<Page<unknown>>('bob', 'GET', `/checks/${id}/pings`);
    assert.equal(pings.body.items.length, 1);
    const { items } = (await server.call<Page<Check>>('bob', 'GET', '/checks')).body;
    assert.deepEqual(
      items.map((check) => `${check.name} ${check.depends_on.length}`),
      ['parent 0', 'job 1', 'child 1'],
    );
  });

  it('comes back within ten minutes, and once', async () => {
    await using server = await restServer();
    const { id } = await make(server, {});
    await server.call('bob', 'DELETE', `/checks/${id}`);
    await server.clock.advance(10 * MINUTE - 1);
    assert.equal((await server.call<Check>('bob', 'POST', `/checks/${id}/restore`)).status, 200);
    assert.equal(
      await refusal(server, 'POST', `/checks/${id}/restore`),
      '409 null: there is a check with this id',
    );
    await server.call('bob', 'DELETE', `/checks/${id}`);
    await server.clock.advance(10 * MINUTE);
    assert.equal(
      await refusal(server, 'POST', `/checks/${id}/restore`),
      '404 null: no such check was removed in the last 10 minutes',
    );
  });

  it('does not come back over another one with its id', async () => {
    await using server = await restServer();
    const { id } = await make(server, { name: 'first' });
    await server.call('bob', 'DELETE', `/checks/${id}`);
    await make(server, { id, name: 'second' });
    assert.match(await refusal(server, 'POST', `/checks/${id}/restore`), /^409/);
    await server.call('bob', 'DELETE', `/checks/${id}`);
    const { body } = await server.call<Check>('bob', 'POST', `/checks/${id}/restore`);
    assert.equal(body.name, 'second');
  });

  it('is nobody else’s to restore', async () => {
    await using server = await restServer();
    const { id } = await make(server, {});
    await server.call('bob', 'DELETE', `/checks/${id}`);
    await server.call('charlie', 'POST', '/projects', { name: "Charlie's" });
    assert.equal((await server.call('charlie', 'POST', `/checks/${id}/restore`)).status, 404);
    assert.equal((await server.call('rita', 'POST', `/checks/${id}/restore`)).status, 403);
    assert.equal((await server.call('nobody', 'POST', `/checks/${id}/restore`)).status, 401);
  });

  it('gets its grace time anew: nobody could ping it', async () => {
    await using server = await restServer();
    const { id } = await make(server, { timeout: 60, grace: 120 });
    await ping(server, id, 'success');
    await server.clock.advance(2 * MINUTE);
    await server.call('bob', 'DELETE', `/checks/${id}`);
    await server.clock.advance(5 * MINUTE);
    const { body } = await server.call<Check>('bob', 'POST', `/checks/${id}/restore`);
    assert.deepEqual([body.status, body.deadline], ['grace', '2026-07-15T12:09:00.000Z']);
  });
});
