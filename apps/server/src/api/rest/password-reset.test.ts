import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AuditEntry, IdentityBody, Page, ResetLink, Session } from '@vigie/contract';
import { beginTotp, confirmTotp } from '../../accounts/prove-code.ts';
import { stepAt, totpCode } from '../../accounts/totp.ts';
import { type RestServer, restServer } from '../../testing/rest-server.ts';

const PASSWORD = 'battery staple';
const BOB = 'bob@example.org';
const MAIL = { url: 'smtp://127.0.0.1:1', from: 'vigie@example.org' };
const HOUR = 3_600_000;

/** A link that the admin made for Bob. */
async function link(server: RestServer): Promise<string> {
  const { body } = await server.call<ResetLink>('admin', 'POST', `/users/${BOB}/reset-link`);
  assert.match(body.url, /^http:\/\/vigie\.test\/reset\?token=[\w-]{43}$/);
  return new URL(body.url).searchParams.get('token') ?? '';
}

const choose = (server: RestServer, token: string, more: object = {}) =>
  server.call<IdentityBody>('nobody', 'POST', '/password-reset/confirm', {
    token,
    password: PASSWORD,
    ...more,
  });

const forgot = (server: RestServer, email: string) =>
  server.call('nobody', 'POST', '/password-reset', { email });

describe('a forgotten password', () => {
  it('is answered alike for every address, and queues one row for each', async () => {
    await using server = await restServer();
    server.configure({ mail: MAIL });
    const answers = [];
    for (const email of [BOB, 'nobody@example.org']) {
      const { status, text } = await forgot(server, email);
      answers.push({ status, text });
    }
    assert.deepEqual(answers, Array(2).fill({ status: 202, text: '' }));
    const rows = await server.store.db.selectFrom('mails').select(['kind', 'recipient']).execute();
    assert.deepEqual(
      rows.map(({ kind, recipient }) => `${kind} ${recipient}`),
      [`password-reset ${BOB}`, 'password-reset nobody@example.org'],
    );
  });

  it('is answered alike where no mail is configured, and queues nothing', async () => {
    await using server = await restServer();
    assert.equal((await forgot(server, BOB)).status, 202);
    assert.deepEqual(await server.store.db.selectFrom('mails').selectAll().execute(), []);
  });

  it('is limited to 5 mails an hour for an account, whether it exists or not', async () => {
    await using server = await restServer();
    for (const email of [BOB, 'nobody@example.org']) {
      for (let i = 0; i < 5; i++) assert.equal((await forgot(server, email)).status, 202);
      assert.equal((await forgot(server, email)).status, 429);
    }
  });

  it('is limited to 20 tries an hour from an address', async () => {
    await using server = await restServer();
    for (let i = 0; i < 20; i++) await forgot(server, `${i}@example.org`);
    assert.equal((await forgot(server, 'last@example.org')).status, 429);
    assert.equal((await choose(server, 'x')).status, 429);
  });

  it('is no matter for a page of another site', async () => {
    await using server = await restServer();
    server.configure({ mail: MAIL });
    const asked = [
      ['/password-reset', { email: BOB }],
      ['/password-reset/confirm', { token: 'x', password: PASSWORD }],
    ] as const;
    for (const [path, body] of asked) {
      const { statusCode } = await server.app.inject({
        method: 'POST',
        url: `/api/vigie${path}`,
        headers: { origin: 'https://evil.example', 'content-type': 'application/json' },
        payload: JSON.stringify(body),
      });
      assert.equal(statusCode, 403, path);
    }
    assert.deepEqual(await server.store.db.selectFrom('mails').selectAll().execute(), []);
  });
});

describe('a link to a new password', () => {
  it('lets its holder in, once, and ends every session before', async () => {
    await using server = await restServer();
    const token = await link(server);
    const entered = await choose(server, token);
    assert.equal(entered.body.user?.email, BOB);
    assert.match(String(entered.headers['set-cookie']), /^vigie_session=.*HttpOnly; SameSite=Lax$/);
    assert.equal((await server.call('bob', 'GET', '/session')).status, 401);
    const signIn = { email: BOB, password: PASSWORD };
    assert.equal((await server.call('nobody', 'POST', '/session', signIn)).status, 200);
    assert.equal((await choose(server, token)).status, 404);
  });

  it('ends after an hour, and when a later one is made', async () => {
    await using server = await restServer();
    const first = await link(server);
    const second = await link(server);
    assert.equal((await choose(server, first)).status, 404);
    await server.clock.advance(HOUR);
    assert.equal((await choose(server, second)).status, 404);
    const third = await link(server);
    await server.clock.advance(HOUR - 1);
    assert.equal((await choose(server, third)).status, 200);
  });

  it('takes one of two who use it at once', async () => {
    await using server = await restServer();
    const token = await link(server);
    const both = await Promise.all([choose(server, token), choose(server, token)]);
    assert.deepEqual(both.map(({ status }) => status).sort(), [200, 404]);
  });

  it('refuses a short password and stays good', async () => {
    await using server = await restServer();
    const token = await link(server);
    assert.equal((await choose(server, token, { password: 'short' })).status, 400);
    assert.equal((await choose(server, token)).status, 200);
  });

  it('does not stand in for the second factor', async () => {
    await using server = await restServer();
    const { context, clock, store } = server;
    const bob = await store.db
      .selectFrom('users')
      .selectAll()
      .where('email', '=', BOB)
      .executeTakeFirstOrThrow();
    const secret = await beginTotp(context, bob);
    await confirmTotp(context, bob, totpCode(secret, stepAt(clock.now())));
    const token = await link(server);
    const refused = await server.call('nobody', 'POST', '/password-reset/confirm', {
      token,
      password: PASSWORD,
    });
    assert.equal(refused.body.error.code, 'second_factor');
    assert.equal((await server.call('bob', 'GET', '/session')).status, 200);
    const code = totpCode(secret, stepAt(clock.now()) + 1);
    assert.equal((await choose(server, token, { code })).status, 200);
  });

  it('is made by the instance admin alone, and told in the audit log without its token', async () => {
    await using server = await restServer();
    for (const caller of ['alice', 'bob', 'write'] as const) {
      assert.equal((await server.call(caller, 'POST', `/users/${BOB}/reset-link`)).status, 403, caller);
    }
    assert.equal((await server.call('admin', 'POST', '/users/none@example.org/reset-link')).status, 404);
    const token = await link(server);
    await choose(server, token);
    const { body, text } = await server.call<Page<AuditEntry>>('admin', 'GET', '/audit?limit=3');
    assert.deepEqual(body.items.map(({ actor, action, target }) => `${actor} ${action} ${target}`).slice(1), [
      `user:${BOB} password.reset ${BOB}`,
      `admin-token password.reset-link ${BOB}`,
    ]);
    assert.ok(!text.includes(token));
    assert.ok((await server.call<{ items: Session[] }>('alice', 'GET', '/sessions')).body.items.length === 1);
  });
});
