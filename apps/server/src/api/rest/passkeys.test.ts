import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AuditEntry, ErrorBody, IdentityBody, Page, Passkey } from '@vigie/contract';
import { hashPassword } from '../../accounts/passwords.ts';
import { beginTotp, confirmTotp } from '../../accounts/prove-code.ts';
import { SoftAuthenticator, type Twist } from '../../accounts/testing/soft-authenticator.ts';
import { stepAt, totpCode } from '../../accounts/totp.ts';
import { type Answer, type RestServer, restServer } from '../../testing/rest-server.ts';

const BASE_URL = 'https://vigie.test';
const LOCAL = 'http://localhost:8000';
const ELSEWHERE = 'https://evil.example';
const FIVE_MINUTES = 300_000;
const PASSWORD = 'correct horse';
const kept = await hashPassword(PASSWORD);

type Creation = Parameters<SoftAuthenticator['create']>[0] & { excludeCredentials: { id: string }[] };
type Request = Parameters<SoftAuthenticator['get']>[0];
type Person = 'alice' | 'bob';

/** Everybody has the same password. */
async function started(): Promise<RestServer> {
  const server = await restServer({ VIGIE_BASE_URL: BASE_URL });
  await server.store.db.updateTable('users').set({ password: kept }).execute();
  return server;
}

async function post<T>(
  server: RestServer,
  path: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<Answer<T>> {
  const response = await server.app.inject({
    method: 'POST',
    url: `/api/vigie${path}`,
    headers: { 'content-type': 'application/json', ...headers },
    payload: JSON.stringify(body),
  });
  const { statusCode: status, body: text } = response;
  return { status, text, headers: response.headers, body: response.json<T>() };
}

async function creation(server: RestServer, person: Person = 'bob'): Promise<Creation> {
  const proof = { password: PASSWORD };
  return (await server.call<Creation>(person, 'POST', '/me/passkeys/options', proof)).body;
}

async function request(server: RestServer): Promise<Request> {
  return (await server.call<Request>('nobody', 'POST', '/session/passkey/options')).body;
}

/** A passkey of somebody's, kept by the server. */
async function withPasskey(server: RestServer, person: Person = 'bob'): Promise<SoftAuthenticator> {
  const device = new SoftAuthenticator(BASE_URL);
  const response = device.create(await creation(server, person));
  const made = await server.call<Passkey>(person, 'POST', '/me/passkeys', { name: 'phone', response });
  assert.equal(made.status, 201, made.text);
  return device;
}

const signIn = (server: RestServer, response: object) =>
  server.call<IdentityBody & ErrorBody>('nobody', 'POST', '/session/passkey', { response });

describe('a passkey', () => {
  it('lets in without a password', async () => {
    await using server = await started();
    const device = await withPasskey(server);
    const entered = await signIn(server, device.get(await request(server)));
    assert.equal(entered.status, 200, entered.text);
    assert.equal(entered.body.user?.email, 'bob@example.org');
    assert.match(String(entered.headers['set-cookie']), /^vigie_session=.*HttpOnly; SameSite=Lax; Secure$/);
  });

  it('stands for the second factor too', async () => {
    await using server = await started();
    const { context, store, clock } = server;
    const users = store.db.selectFrom('users').selectAll();
    const bob = await users.where('email', '=', 'bob@example.org').executeTakeFirstOrThrow();
    const secret = await beginTotp(context, bob);
    await confirmTotp(context, bob, totpCode(secret, stepAt(clock.now())));
    const device = await withPasskey(server);
    assert.equal((await signIn(server, device.get(await request(server)))).status, 200);
  });

  it('is listed, named anew and forgotten by its owner alone', async () => {
    await using server = await started();
    const device = await withPasskey(server);
    const listed = async (person: Person) =>
      (await server.call<{ items: Passkey[] }>(person, 'GET', '/me/passkeys')).body.items;
    const [mine] = await listed('bob');
    assert.deepEqual([mine?.name, mine?.synced, mine?.last_used_at], ['phone', false, null]);
    assert.deepEqual(await listed('alice'), []);
    await signIn(server, device.get(await request(server)));
    assert.notEqual((await listed('bob'))[0]?.last_used_at, null);
    const path = `/me/passkeys/${mine?.id}`;
    assert.equal((await server.call('alice', 'PATCH', path, { name: 'x' })).status, 404);
    assert.equal((await server.call('alice', 'DELETE', path)).status, 404);
    assert.equal((await server.call<Passkey>('bob', 'PATCH', path, { name: 'key' })).body.name, 'key');
    assert.equal((await server.call('bob', 'DELETE', path)).status, 204);
    assert.equal((await signIn(server, device.get(await request(server)))).status, 401);
    const { body } = await server.call<Page<AuditEntry>>('admin', 'GET', '/audit?limit=4');
    assert.deepEqual(
      body.items.map(({ action }) => action),
      ['passkey.delete', 'passkey.update', 'session.open', 'passkey.create'],
    );
  });

  it('is not made twice on one device', async () => {
    await using server = await started();
    await withPasskey(server);
    const { excludeCredentials } = await creation(server);
    assert.equal(excludeCredentials.length, 1);
    assert.deepEqual((await creation(server, 'alice')).excludeCredentials, []);
  });

  it('is made by nobody who only found a session open', async () => {
    await using server = await started();
    const ask = (body?: object) => server.call('bob', 'POST', '/me/passkeys/options', body);
    assert.equal((await ask()).body.error.field, 'password');
    for (let i = 0; i < 10; i++) assert.equal((await ask({ password: 'a guess' })).status, 401);
    assert.equal((await ask({ password: PASSWORD })).status, 429);
  });

  it('is not known to more than one person', async () => {
    await using server = await started();
    const device = await withPasskey(server);
    const response = device.create(await creation(server, 'alice'));
    const again = await server.call('alice', 'POST', '/me/passkeys', { name: 'x', response });
    assert.equal(again.status, 409);
  });

  it('is of the base URL, or of localhost for who comes through a tunnel', async () => {
    await using server = await started();
    assert.equal((await request(server)).rpId, 'vigie.test');
    const tunnel = { origin: LOCAL, host: 'localhost:8000', 'sec-fetch-site': 'same-origin' };
    const options = await post<Creation>(
      server,
      '/me/passkeys/options',
      { password: PASSWORD },
      { ...server.headersOf('bob'), ...tunnel },
    );
    assert.equal(options.body.rp.id, 'localhost');
    const device = new SoftAuthenticator(LOCAL);
    const response = device.create(options.body);
    const add = { name: 'laptop', response };
    const made = await post(server, '/me/passkeys', add, { ...server.headersOf('bob'), ...tunnel });
    assert.equal(made.status, 201, made.text);
    const asked = await post<Request>(server, '/session/passkey/options', {}, tunnel);
    const entered = await post(server, '/session/passkey', { response: device.get(asked.body) }, tunnel);
    assert.equal(entered.status, 200, entered.text);
  });
});

describe('an answer of a passkey is refused', () => {
  const TWISTS: [string, Twist, RegExp][] = [
    ['to a page of another site', { origin: ELSEWHERE }, /origin/],
    ['to another site', { rpId: 'evil.example' }, /RP ID/],
    ['when nobody was verified', { isVerified: false }, /User verification/],
  ];
  for (const [name, twist, reason] of TWISTS) {
    it(`${name}, when it is made and when it signs in`, async () => {
      await using server = await started();
      const fresh = new SoftAuthenticator(BASE_URL);
      const response = fresh.create(await creation(server), twist);
      const refused = await server.call('bob', 'POST', '/me/passkeys', { name: 'x', response });
      assert.deepEqual([refused.status, refused.body.error.field], [400, 'response']);
      assert.match(refused.body.error.message, reason);
      const device = await withPasskey(server);
      const entered = await signIn(server, device.get(await request(server), twist));
      assert.equal(entered.status, 401);
      assert.match(entered.body.error.message, reason);
      assert.equal(entered.headers['set-cookie'], undefined);
    });
  }

  it('the second time', async () => {
    await using server = await started();
    const device = await withPasskey(server);
    const answer = device.get(await request(server));
    assert.equal((await signIn(server, answer)).status, 200);
    assert.equal((await signIn(server, answer)).status, 401);
    const options = await request(server);
    assert.equal((await signIn(server, device.get(options))).status, 200);
    const replayed = await signIn(server, device.get(options));
    assert.match(replayed.body.error.message, /was used already/);
  });

  it('when two come at once, one of them', async () => {
    await using server = await started();
    const device = await withPasskey(server);
    // Of an authenticator that does not count.
    const answer = device.get(await request(server), { counter: 0 });
    const both = await Promise.all([signIn(server, answer), signIn(server, answer)]);
    assert.deepEqual(both.map(({ status }) => status).sort(), [200, 401]);
  });

  it('after five minutes', async () => {
    await using server = await started();
    const device = await withPasskey(server);
    const options = await request(server);
    const made = await creation(server);
    await server.clock.advance(FIVE_MINUTES);
    assert.match((await signIn(server, device.get(options))).body.error.message, /challenge/);
    const response = new SoftAuthenticator(BASE_URL).create(made);
    assert.equal((await server.call('bob', 'POST', '/me/passkeys', { name: 'x', response })).status, 400);
  });

  it('to a challenge that is for something else, of another person, or of nobody', async () => {
    await using server = await started();
    const device = await withPasskey(server);
    const addition = await creation(server);
    const asRequest = { challenge: addition.challenge, rpId: 'vigie.test' };
    const forged = { challenge: Buffer.alloc(38).toString('base64url'), rpId: 'vigie.test' };
    for (const options of [asRequest, forged]) {
      assert.equal((await signIn(server, device.get(options))).status, 401);
    }
    const fresh = new SoftAuthenticator(BASE_URL);
    const response = fresh.create(await creation(server, 'alice'));
    assert.equal((await server.call('bob', 'POST', '/me/passkeys', { name: 'x', response })).status, 400);
  });

  it('when it names another person, or its signature is another’s', async () => {
    await using server = await started();
    const bobs = await withPasskey(server, 'bob');
    const alices = await withPasskey(server, 'alice');
    const { response: ofAlice } = alices.get(await request(server));
    const named = bobs.get(await request(server), { userHandle: ofAlice.userHandle });
    assert.match((await signIn(server, named)).body.error.message, /another person/);
    const own = bobs.get(await request(server));
    const { signature } = alices.get(await request(server)).response;
    const mixed = { ...own, response: { ...own.response, signature } };
    assert.equal((await signIn(server, mixed)).status, 401);
    const stranger = new SoftAuthenticator(BASE_URL);
    assert.match((await signIn(server, stranger.get(await request(server)))).body.error.message, /not known/);
  });

  it('when its counter went back, as that of a copy does', async () => {
    await using server = await started();
    const device = await withPasskey(server);
    assert.equal((await signIn(server, device.get(await request(server), { counter: 9 }))).status, 200);
    const copy = await signIn(server, device.get(await request(server), { counter: 5 }));
    assert.match(copy.body.error.message, /counter/);
  });

  it('when it is garbage', async () => {
    await using server = await started();
    const device = await withPasskey(server);
    const { id, rawId, type, response } = device.get(await request(server));
    for (const [part, status] of [
      [{ ...response, authenticatorData: 'AAAA' }, 401],
      [{ ...response, clientDataJSON: 'AAAA' }, 401],
      [{ ...response, signature: '' }, 401],
      [{ ...response, signature: 'no base64!' }, 400],
      [{}, 400],
    ] as const) {
      assert.equal((await signIn(server, { id, rawId, type, response: part })).status, status);
    }
    const made = device.create(await creation(server));
    const broken = { ...made, response: { ...made.response, attestationObject: 'AAAA' } };
    const refused = await server.call('bob', 'POST', '/me/passkeys', { name: 'x', response: broken });
    assert.equal(refused.status, 400);
  });

  it('to pages of other sites, and to too many tries', async () => {
    await using server = await started();
    for (const path of ['/session/passkey/options', '/session/passkey']) {
      const device = new SoftAuthenticator(BASE_URL);
      const response = device.get({ challenge: '', rpId: 'vigie.test' });
      const answer = await post<ErrorBody>(server, path, { response }, { origin: ELSEWHERE });
      assert.equal(answer.status, 403, path);
    }
    const device = await withPasskey(server);
    const answer = device.get(await request(server), { isVerified: false });
    // The password that the passkey was made with was a try, too.
    for (let i = 0; i < 19; i++) assert.equal((await signIn(server, answer)).status, 401);
    assert.equal((await signIn(server, answer)).status, 429);
    for (let i = 0; i < 99; i++) await request(server);
    const asked = await server.call('nobody', 'POST', '/session/passkey/options');
    assert.equal(asked.status, 429);
  });
});
