import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AuditEntry, ManagedUser, Page } from '@vigie/contract';
import { type Caller, type RestServer, restServer } from '../../testing/rest-server.ts';

async function users(server: RestServer, query = ''): Promise<Page<ManagedUser>> {
  return (await server.call<Page<ManagedUser>>('admin', 'GET', `/users?${query}`)).body;
}

async function setAdmin(server: RestServer, caller: Caller, name: string, admin: boolean) {
  return server.call<ManagedUser>(caller, 'PATCH', `/users/${name}@example.org`, { admin });
}

/** How the API answers: `<status> <message>`. */
async function outcome(server: RestServer, caller: Caller, method: string, path: string, body?: object) {
  const answer = await server.call(caller, method, path, body);
  return answer.status < 300 ? String(answer.status) : `${answer.status} ${answer.body.error.message}`;
}

describe('the people of a server', () => {
  it('are listed for the instance admin, page by page', async () => {
    await using server = await restServer();
    const first = await users(server, 'limit=3');
    const second = await users(server, `limit=3&cursor=${first.next}`);
    assert.deepEqual(
      [...first.items, ...second.items].map((user) => `${user.name} ${user.projects}`),
      ['alice 1', 'mary 1', 'bob 1', 'rita 1', 'charlie 0'],
    );
    assert.equal(second.next, null);
    const [alice] = first.items;
    assert.ok(alice);
    const { email, admin, created_at, seen_at, second_factor } = alice;
    assert.deepEqual(
      { email, admin, created_at, seen_at, second_factor },
      {
        email: 'alice@example.org',
        admin: false,
        created_at: '2026-07-15T12:00:00.000Z',
        seen_at: '2026-07-15T12:00:00.000Z',
        second_factor: false,
      },
    );
    assert.deepEqual(
      (await users(server, 'q=AR')).items.map((user) => user.name),
      ['mary', 'charlie'],
    );
    assert.deepEqual((await users(server, 'q=_')).items, []);
  });

  it('are nobody else’s to manage', async () => {
    await using server = await restServer();
    for (const caller of ['alice', 'write', 'read'] as const) {
      assert.match(await outcome(server, caller, 'GET', '/users'), /^403/);
      assert.match(await outcome(server, caller, 'DELETE', '/users/bob@example.org'), /^403/);
    }
    assert.equal((await setAdmin(server, 'bob', 'bob', true)).status, 403);
  });

  it('become instance admins, of whom one stays', async () => {
    await using server = await restServer();
    assert.equal((await setAdmin(server, 'admin', 'bob', true)).body.admin, true);
    assert.equal((await setAdmin(server, 'bob', 'mary', true)).status, 200);
    assert.equal((await setAdmin(server, 'mary', 'bob', false)).body.admin, false);
    assert.match(await outcome(server, 'bob', 'GET', '/users'), /^403/);
    const last = '409 a server keeps one instance admin';
    assert.equal(await outcome(server, 'mary', 'PATCH', '/users/mary@example.org', { admin: false }), last);
    assert.equal(await outcome(server, 'mary', 'DELETE', '/users/mary@example.org'), last);
    const { body } = await server.call<Page<AuditEntry>>('admin', 'GET', '/audit?action=user.admin');
    assert.deepEqual(
      body.items.map(({ actor, target, detail }) => `${actor} ${target} ${detail['admin']}`),
      [
        'user:mary@example.org bob@example.org false',
        'user:bob@example.org mary@example.org true',
        'admin-token bob@example.org true',
      ],
    );
  });

  it('are deleted with all that is theirs alone, but not the only owner of a project', async () => {
    await using server = await restServer();
    assert.equal(
      await outcome(server, 'admin', 'DELETE', '/users/alice@example.org'),
      '409 nobody else owns the project "Team"',
    );
    const id = String(server.ids['bob']);
    assert.equal(await outcome(server, 'admin', 'DELETE', `/users/${id}`), '204');
    assert.match(await outcome(server, 'bob', 'GET', '/session'), /^401/);
    for (const table of ['sessions', 'members'] as const) {
      const rows = await server.store.db
        .selectFrom(table)
        .selectAll()
        .where('user_id', '=', Number(id))
        .execute();
      assert.deepEqual(rows, [], table);
    }
    assert.equal(await outcome(server, 'admin', 'DELETE', `/users/${id}`), '404 no such user');
  });
});
