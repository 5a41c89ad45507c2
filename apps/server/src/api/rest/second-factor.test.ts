import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type {
  AuditEntry,
  ErrorBody,
  IdentityBody,
  Page,
  RecoveryCodes,
  SecondFactor,
  TotpSecret,
} from '@vigie/contract';
import { hashPassword } from '../../accounts/passwords.ts';
import { stepAt, totpCode } from '../../accounts/totp.ts';
import { type Answer, type RestServer, restServer } from '../../testing/rest-server.ts';

const PASSWORD = 'correct horse';
const BOB = 'bob@example.org';
const kept = await hashPassword(PASSWORD);
const STEP = 30_000;
const HOUR = 3_600_000;

interface Bench extends AsyncDisposable {
  server: RestServer;
  secret: string;
  /** The code that an app shows `by` steps from now. */
  code(by?: number): string;
  signIn(code?: string): Promise<Answer<ErrorBody>>;
}

async function withPassword(): Promise<RestServer> {
  const server = await restServer();
  await server.store.db.updateTable('users').set({ password: kept }).where('email', '=', BOB).execute();
  return server;
}

/** Bob has an app whose secret waits for its first code. */
async function withSecret(): Promise<Bench> {
  const server = await withPassword();
  const made = await server.call<TotpSecret>('bob', 'POST', '/me/totp', { password: PASSWORD });
  assert.equal(made.status, 200, made.text);
  const { secret } = made.body;
  return {
    server,
    secret,
    code: (by = 0) => totpCode(secret, stepAt(server.clock.now()) + by),
    signIn: (code) =>
      server.call('nobody', 'POST', '/session', {
        email: BOB,
        password: PASSWORD,
        ...(code === undefined ? {} : { code }),
      }),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** Bob's second factor is on, and the code that turned it on is past. */
async function withFactor(): Promise<Bench & { recovery: string[] }> {
  const bench = await withSecret();
  const { server, code } = bench;
  const on = await server.call<RecoveryCodes>('bob', 'POST', '/me/totp/confirm', { code: code() });
  assert.equal(on.status, 200, on.text);
  await server.clock.advance(2 * STEP);
  return { ...bench, recovery: on.body.recovery_codes };
}

const state = async (server: RestServer) => (await server.call<SecondFactor>('bob', 'GET', '/me/totp')).body;

describe('a second factor', () => {
  it('is asked for once it was confirmed by a code', async () => {
    await using bench = await withSecret();
    const { server, code } = bench;
    assert.equal((await bench.signIn()).status, 200);
    const wrong = await server.call('bob', 'POST', '/me/totp/confirm', { code: '000000' });
    assert.deepEqual([wrong.status, wrong.body.error.field], [400, 'code']);
    assert.deepEqual(await state(server), { enabled: false, recovery_codes: 0 });
    const on = await server.call<RecoveryCodes>('bob', 'POST', '/me/totp/confirm', { code: code() });
    assert.equal(new Set(on.body.recovery_codes).size, 10);
    assert.deepEqual(await state(server), { enabled: true, recovery_codes: 10 });
    const { status, body } = await bench.signIn();
    assert.deepEqual([status, body.error.code, body.error.field], [401, 'second_factor', 'code']);
  });

  it('is not turned on by guessing', async () => {
    await using bench = await withSecret();
    const confirm = (code: string) => bench.server.call('bob', 'POST', '/me/totp/confirm', { code });
    for (let i = 0; i < 9; i++) assert.equal((await confirm('000000')).status, 400);
    assert.equal((await confirm(bench.code())).status, 429, 'one try was the password of the secret');
  });

  it('lets in by the password and a code, each code once', async () => {
    await using bench = await withFactor();
    const { code } = bench;
    const shown = code();
    const entered = await bench.signIn(`${shown.slice(0, 3)} ${shown.slice(3)}`);
    assert.equal(entered.status, 200);
    assert.ok(entered.headers['set-cookie']);
    const again = await bench.signIn(shown);
    assert.deepEqual(
      [again.status, again.body.error.code, again.body.error.field],
      [401, 'unauthenticated', 'code'],
    );
    assert.equal(again.headers['set-cookie'], undefined);
    assert.equal((await bench.signIn(code(1))).status, 200);
  });

  it('does not tell that a password is right where it is not', async () => {
    await using bench = await withFactor();
    const given = { email: BOB, password: 'wrong horse', code: bench.code() };
    const { status, body } = await bench.server.call('nobody', 'POST', '/session', given);
    assert.deepEqual([status, body.error.code, body.error.field], [401, 'unauthenticated', null]);
    assert.equal((await bench.signIn(bench.code())).status, 200, 'the code was not used up');
  });

  it('counts wrong codes as tries to sign in', async () => {
    await using bench = await withFactor();
    for (let i = 0; i < 8; i++) assert.equal((await bench.signIn('000000')).status, 401);
    const { status } = await bench.signIn(bench.code());
    assert.equal(status, 429, 'two tries were the password of the secret and its first code');
    await bench.server.clock.advance(HOUR);
    assert.equal((await bench.signIn(bench.code())).status, 200);
  });

  it('takes one of two who show the same code at once', async () => {
    await using bench = await withFactor();
    const code = bench.code();
    const both = await Promise.all([bench.signIn(code), bench.signIn(code)]);
    assert.deepEqual(both.map(({ status }) => status).sort(), [200, 401]);
  });

  it('is replaced by a recovery code, each once and however it is typed', async () => {
    await using bench = await withFactor();
    const [first = '', second = ''] = bench.recovery;
    assert.match(first, /^[a-z2-7]{4}(-[a-z2-7]{4}){3}$/);
    assert.equal((await bench.signIn(first)).status, 200);
    assert.equal((await bench.signIn(first)).status, 401);
    assert.equal((await bench.signIn(second.toUpperCase().replaceAll('-', ' '))).status, 200);
    assert.deepEqual(await state(bench.server), { enabled: true, recovery_codes: 8 });
  });

  it('is replaced by a recovery code even under another secret key', async () => {
    await using bench = await withFactor();
    const sealed = { secret: 'of another key' };
    await bench.server.store.db.updateTable('second_factors').set(sealed).execute();
    assert.equal((await bench.signIn(bench.recovery[0])).status, 200);
  });

  it('gets other recovery codes for the password', async () => {
    await using bench = await withFactor();
    const renew = (password: string) =>
      bench.server.call<RecoveryCodes>('bob', 'POST', '/me/recovery-codes', { password });
    assert.equal((await renew('wrong horse')).status, 401);
    const [fresh = ''] = (await renew(PASSWORD)).body.recovery_codes;
    assert.equal((await bench.signIn(bench.recovery[0])).status, 401);
    assert.equal((await bench.signIn(fresh)).status, 200);
  });

  it('is turned off by the password or by a code, not without', async () => {
    for (const proof of ['password', 'code'] as const) {
      await using bench = await withFactor();
      const off = (body: object) => bench.server.call('bob', 'DELETE', '/me/totp', body);
      const code = bench.code();
      assert.equal((await off({})).status, 400);
      assert.equal((await off({ password: PASSWORD, code })).status, 400);
      assert.equal((await off({ password: 'wrong horse' })).status, 401);
      assert.equal((await off({ code: '000000' })).status, 401);
      assert.equal((await off(proof === 'code' ? { code } : { password: PASSWORD })).status, 204);
      assert.equal((await bench.signIn()).status, 200);
      assert.deepEqual(await state(bench.server), { enabled: false, recovery_codes: 0 });
    }
  });

  it('needs the password to begin, and is not begun anew while it is on', async () => {
    await using server = await withPassword();
    const begin = (password: string) => server.call('bob', 'POST', '/me/totp', { password });
    assert.equal((await begin('wrong horse')).status, 401);
    assert.equal((await server.call('write', 'POST', '/me/totp', { password: PASSWORD })).status, 403);
    assert.equal((await server.call('bob', 'POST', '/me/totp/confirm', { code: '000000' })).status, 404);
    await using bench = await withFactor();
    const again = await bench.server.call('bob', 'POST', '/me/totp', { password: PASSWORD });
    assert.equal(again.status, 409);
    assert.equal((await bench.signIn(bench.code())).status, 200);
  });

  it('is confirmed by the secret that was made last', async () => {
    await using bench = await withSecret();
    const { server, code } = bench;
    await server.call('bob', 'POST', '/me/totp', { password: PASSWORD });
    assert.equal((await server.call('bob', 'POST', '/me/totp/confirm', { code: code() })).status, 400);
  });

  it('is turned off by the instance admin for who lost it', async () => {
    await using bench = await withFactor();
    const { server } = bench;
    const path = `/users/${encodeURIComponent(BOB)}/second-factor`;
    assert.equal((await server.call('alice', 'DELETE', path)).status, 403);
    assert.equal((await server.call('admin', 'DELETE', '/users/99/second-factor')).status, 404);
    assert.equal((await server.call('admin', 'DELETE', path)).status, 204);
    assert.equal((await bench.signIn()).status, 200);
    const byId = await server.call('admin', 'DELETE', `/users/${server.ids['bob']}/second-factor`);
    assert.equal(byId.body.error.message, 'there is no second factor');
  });

  it('leaves no secret in the database, and its changes in the audit log', async () => {
    await using bench = await withFactor();
    const { server, secret, recovery } = bench;
    await bench.signIn(recovery[0]);
    await server.call('bob', 'DELETE', '/me/totp', { password: PASSWORD });
    const { body, text } = await server.call<Page<AuditEntry>>('admin', 'GET', '/audit?limit=5');
    assert.deepEqual(
      body.items.map(({ actor, action }) => `${actor} ${action}`),
      [
        'user:bob@example.org second-factor.disable',
        'user:bob@example.org session.open',
        'user:bob@example.org second-factor.recovery-code',
        'user:bob@example.org second-factor.enable',
        'x key.create',
      ],
    );
    const { db } = server.store;
    const rows = [
      await db.selectFrom('second_factors').selectAll().execute(),
      await db.selectFrom('recovery_codes').selectAll().execute(),
      text,
    ];
    for (const told of [secret, ...recovery]) assert.ok(!JSON.stringify(rows).includes(told));
  });

  it('is asked for by an invitation of an account that has one', async () => {
    await using bench = await withFactor();
    const { server } = bench;
    const { body: mine } = await server.call<{ id: string }>('alice', 'POST', '/projects', { name: 'Mine' });
    const invitation = { email: BOB, role: 'member' };
    const path = `/projects/${mine.id}/invitations`;
    const { url } = (await server.call<{ url: string }>('alice', 'POST', path, invitation)).body;
    const token = new URL(url).searchParams.get('token') ?? '';
    const accept = (more: object) =>
      server.call<IdentityBody>('nobody', 'POST', '/invitation', { token, password: PASSWORD, ...more });
    const refused = await server.call('nobody', 'POST', '/invitation', { token, password: PASSWORD });
    assert.equal(refused.body.error.code, 'second_factor');
    const joined = await accept({ code: bench.code() });
    assert.ok(
      joined.body.projects.some(({ name }) => name === 'Mine'),
      joined.text,
    );
  });
});
