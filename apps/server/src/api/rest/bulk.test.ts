import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AuditEntry, BulkOutcome, Channel, Check, Page, Project } from '@vigie/contract';
import { make, refusal } from '../../testing/rest-checks.ts';
import { type RestServer, restServer } from '../../testing/rest-server.ts';

async function change(server: RestServer, body: object): Promise<BulkOutcome> {
  const answer = await server.call<BulkOutcome>('bob', 'POST', '/checks/bulk', body);
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
}

async function shown(server: RestServer, id: string): Promise<Check> {
  return (await server.call<Check>('bob', 'GET', `/checks/${id}`)).body;
}

async function threeChecks(server: RestServer): Promise<string[]> {
  const ids: string[] = [];
  for (const name of ['a', 'b', 'c']) ids.push((await make(server, { name, tags: ['old'] })).id);
  return ids;
}

async function channel(server: RestServer, name: string): Promise<string> {
  const body = { kind: 'webhook', name, settings: { url_down: 'http://127.0.0.1:1/' } };
  return (await server.call<Channel>('bob', 'POST', '/channels', body)).body.id;
}

const UNKNOWN = '0f0e0d0c-0b0a-4908-8706-050403020100';

describe('a change to many checks', () => {
  it('pauses, resumes, clears and removes them', async () => {
    await using server = await restServer();
    const ids = await threeChecks(server);
    const statuses = async () => Promise.all(ids.map(async (id) => (await shown(server, id)).status));
    assert.deepEqual(await change(server, { action: 'pause', ids }), { done: ids, failed: [] });
    assert.deepEqual(await statuses(), ['paused', 'paused', 'paused']);
    await change(server, { action: 'resume', ids });
    assert.deepEqual(await statuses(), ['new', 'new', 'new']);
    assert.deepEqual((await change(server, { action: 'clear', ids })).done, ids);
    await change(server, { action: 'remove', ids: ids.slice(0, 2) });
    const { body } = await server.call<Page<Check>>('bob', 'GET', '/checks');
    assert.deepEqual(
      body.items.map((check) => check.id),
      ids.slice(2),
    );
  });

  it('restores those that were deleted, each once', async () => {
    await using server = await restServer();
    const ids = await threeChecks(server);
    await change(server, { action: 'remove', ids });
    assert.deepEqual(await change(server, { action: 'restore', ids: [...ids, UNKNOWN] }), {
      done: ids,
      failed: [{ id: UNKNOWN, message: 'no such check was removed in the last 10 minutes' }],
    });
    for (const id of ids) assert.deepEqual((await shown(server, id)).tags, ['old']);
    assert.deepEqual(
      (await change(server, { action: 'restore', ids })).failed[0]?.message,
      'there is a check with this id',
    );
  });

  it('adds and takes away tags', async () => {
    await using server = await restServer();
    const ids = await threeChecks(server);
    await change(server, { action: 'tag', ids: ids.slice(0, 2), value: 'new' });
    await change(server, { action: 'tag', ids, value: 'new' });
    for (const id of ids) assert.deepEqual((await shown(server, id)).tags, ['old', 'new']);
    await change(server, { action: 'untag', ids, value: 'old' });
    for (const id of ids) assert.deepEqual((await shown(server, id)).tags, ['new']);
    const before = (await shown(server, ids[0] ?? '')).revision;
    await change(server, { action: 'untag', ids, value: 'never' });
    assert.equal((await shown(server, ids[0] ?? '')).revision, before);
  });

  it('adds and takes away channels', async () => {
    await using server = await restServer();
    const ids = await threeChecks(server);
    const [mail, chat] = [await channel(server, 'mail'), await channel(server, 'chat')];
    await change(server, { action: 'add_channel', ids, value: mail });
    await change(server, { action: 'add_channel', ids: ids.slice(1), value: chat });
    await change(server, { action: 'remove_channel', ids: ids.slice(2), value: mail });
    const channels = await Promise.all(ids.map(async (id) => (await shown(server, id)).channels));
    assert.deepEqual(channels, [[mail], [mail, chat].sort(), [chat]]);
    assert.equal(
      await refusal(server, 'POST', '/checks/bulk', { action: 'add_channel', ids, value: UNKNOWN }),
      "400 value: value is no channel of the project's",
    );
  });

  it('names those that it could not change, and changes the others', async () => {
    await using server = await restServer();
    const ids = await threeChecks(server);
    const [a = '', b = ''] = ids;
    await change(server, { action: 'pause', ids: [a] });
    assert.deepEqual(await change(server, { action: 'resume', ids: [b, UNKNOWN, a, a] }), {
      done: [a],
      failed: [
        { id: b, message: 'check is not paused' },
        { id: UNKNOWN, message: 'no such check' },
      ],
    });
    const full = await make(server, { tags: Array.from({ length: 50 }, (_, i) => `t${i}`) });
    assert.deepEqual((await change(server, { action: 'tag', ids: [full.id], value: 'more' })).failed, [
      { id: full.id, message: 'a check has 50 tags at most, of 500 characters in all' },
    ]);
  });

  it('takes more than one command has', async () => {
    await using server = await restServer();
    const ids: string[] = [];
    for (let i = 0; i < 230; i++) ids.push((await make(server, {})).id);
    assert.deepEqual(await change(server, { action: 'tag', ids, value: 'x' }), { done: ids, failed: [] });
  });

  it('changes no check of another project', async () => {
    await using server = await restServer();
    const { body: other } = await server.call<Project>('bob', 'POST', '/projects', { name: 'Other' });
    const answer = await server.call<Check>('bob', 'POST', `/checks?project=${other.id}`, {});
    const path = `/checks/bulk?project=${server.project.code}`;
    const body = { action: 'remove', ids: [answer.body.id] };
    assert.deepEqual((await server.call<BulkOutcome>('bob', 'POST', path, body)).body, {
      done: [],
      failed: [{ id: answer.body.id, message: 'no such check' }],
    });
    assert.equal((await shown(server, answer.body.id)).id, answer.body.id);
  });

  it('is in the audit log as that of each', async () => {
    await using server = await restServer();
    const ids = await threeChecks(server);
    await change(server, { action: 'pause', ids });
    await change(server, { action: 'tag', ids: ids.slice(0, 1), value: 'x' });
    const { body } = await server.call<Page<AuditEntry>>('alice', 'GET', '/audit?limit=4');
    assert.deepEqual(
      body.items.map(({ actor, action, target }) => `${actor} ${action} ${target}`),
      [
        `user:bob@example.org check.update ${ids[0]}`,
        ...ids.toReversed().map((id) => `user:bob@example.org check.pause ${id}`),
      ],
    );
  });

  for (const [body, expected] of [
    [{ action: 'pause' }, /^400 ids: ids is missing$/],
    [{ action: 'pause', ids: [] }, /^400 ids: ids is too small: it takes 1 items at least$/],
    [{ action: 'explode', ids: [UNKNOWN] }, /^400 action: action /],
    [{ action: 'pause', ids: [UNKNOWN], value: 'x' }, /^400 value: value is not known$/],
    [{ action: 'tag', ids: [UNKNOWN] }, /^400 value: value is missing$/],
    [{ action: 'tag', ids: [UNKNOWN], value: 'a b' }, /^400 value: value is not one word/],
    [{ action: 'pause', ids: Array(1001).fill(UNKNOWN) }, /^400 ids: ids is too large: it takes 1000 items/],
  ] as const) {
    it(`is refused as ${JSON.stringify(body).slice(0, 60)}`, async () => {
      await using server = await restServer();
      assert.match(await refusal(server, 'POST', '/checks/bulk', body), expected);
    });
  }
});
