import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import fastify, { type LightMyRequestResponse } from 'fastify';
import { firstRun } from '../../accounts/first-run.ts';
import { beginTotp, confirmTotp } from '../../accounts/prove-code.ts';
import { hashToken } from '../../accounts/secret-token.ts';
import { stepAt, totpCode } from '../../accounts/totp.ts';
import { type TestContext, testContext } from '../../testing/test-context.ts';
import { pageRoutes, pagesPlugin } from './plugin.ts';

const PASSWORD = 'correct horse';
const ADMIN = { VIGIE_ADMIN_EMAIL: 'alice@example.org', VIGIE_ADMIN_PASSWORD: PASSWORD };

interface Site extends TestContext {
  setUpToken: string;
  get(path: string, cookie?: string): Promise<LightMyRequestResponse>;
  post(
    path: string,
    form: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<LightMyRequestResponse>;
}

async function site(env: Record<string, string> = {}): Promise<Site> {
  const test = await testContext({ VIGIE_PING_KEY: 'pingkey1', ...env });
  const { setUpUrl } = await firstRun(test.context);
  const app = fastify();
  await app.register(pagesPlugin(pageRoutes(test.context), test.context.log));
  return {
    ...test,
    setUpToken: setUpUrl === null ? '' : (new URL(setUpUrl).searchParams.get('token') ?? ''),
    get: (url, cookie) => app.inject({ url, headers: cookie === undefined ? {} : { cookie } }),
    post: (url, form, headers = {}) =>
      app.inject({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        payload: new URLSearchParams(form).toString(),
      }),
  };
}

function cookieOf(response: LightMyRequestResponse): string {
  return String(response.headers['set-cookie']).split(';')[0] ?? '';
}

/** Every field has a label of its own. */
function requireLabels(page: string): void {
  const fields = [...page.matchAll(/<input id="(\w+)"/g)].map((match) => match[1]);
  const labels = [...page.matchAll(/<label for="(\w+)"/g)].map((match) => match[1]);
  assert.deepEqual(fields, labels);
}

describe('the set-up page', () => {
  it('makes the admin and shows the keys once', async () => {
    await using test = await site();
    const page = await test.get(`/setup?token=${test.setUpToken}`);
    assert.equal(page.statusCode, 200);
    requireLabels(page.body);
    const form = { token: test.setUpToken, name: 'Al <ice>', email: 'alice@example.org', password: PASSWORD };
    const done = await test.post('/setup', form);
    assert.equal(done.statusCode, 201);
    assert.match(done.body, /hcw_\w{28}.*hcr_\w{28}.*pingkey1/s);
    assert.match(done.body, /curl -fsS 'http:\/\/vigie\.test\/ping\/pingkey1\/my-first-check\?create=1'/);
    const home = await test.get('/', cookieOf(done));
    assert.match(home.body, /Al &lt;ice&gt;/);
    assert.equal((await test.post('/setup', form)).statusCode, 404);
  });

  it('keeps what was typed when something is wrong, but for the password', async () => {
    await using test = await site();
    const form = { token: test.setUpToken, name: '"><b>', email: 'nobody', password: 'secret word' };
    const answer = await test.post('/setup', form);
    assert.equal(answer.statusCode, 400);
    assert.match(answer.body, /role="alert".*Email is not an e-mail address\./s);
    assert.match(answer.body, /value="&quot;&gt;&lt;b&gt;"/);
    assert.ok(!answer.body.includes('secret word'));
  });

  it('is not there for a token of nobody', async () => {
    await using test = await site();
    assert.equal((await test.get('/setup')).statusCode, 404);
    assert.equal((await test.get('/setup?token=x&token=y')).statusCode, 404);
  });
});

describe('the sign-in page', () => {
  it('lets in by e-mail address and password, and out again', async () => {
    await using test = await site(ADMIN);
    requireLabels((await test.get('/signin')).body);
    const form = { email: 'Alice@example.org', password: PASSWORD };
    const answer = await test.post('/signin', form);
    assert.equal(`${answer.statusCode} ${answer.headers.location}`, '303 /');
    const cookie = cookieOf(answer);
    assert.equal((await test.get('/', cookie)).statusCode, 200);
    const foreign = await test.post('/signout', {}, { cookie, 'sec-fetch-site': 'cross-site' });
    assert.equal(foreign.statusCode, 303);
    assert.equal((await test.get('/', cookie)).statusCode, 200);
    await test.post('/signout', {}, { cookie, 'sec-fetch-site': 'same-origin' });
    assert.equal((await test.get('/', cookie)).statusCode, 303);
  });

  it('asks for the code of a second factor where there is one', async () => {
    await using test = await site(ADMIN);
    const { writer, store, clock } = test;
    const alice = await store.db.selectFrom('users').selectAll().executeTakeFirstOrThrow();
    const secret = await beginTotp(test.context, alice);
    await confirmTotp(test.context, alice, totpCode(secret, stepAt(clock.now())));
    const form = { email: 'alice@example.org', password: PASSWORD };
    const asked = await test.post('/signin', form);
    assert.equal(asked.statusCode, 401);
    requireLabels(asked.body);
    assert.match(asked.body, /asks for a code.*autocomplete="one-time-code"/s);
    const wrong = await test.post('/signin', { ...form, code: '000000' });
    assert.match(wrong.body, /The code is wrong.*autocomplete="one-time-code"/s);
    const code = totpCode(secret, stepAt(clock.now()) + 1);
    assert.equal((await test.post('/signin', { ...form, code })).statusCode, 303);

    const project = await store.db.selectFrom('projects').select('id').executeTakeFirstOrThrow();
    await store.db.deleteFrom('members').execute();
    const invited = {
      projectId: project.id,
      email: form.email,
      role: 'member',
      by: null,
      actor: 'x',
    } as const;
    await writer.run('members.invite', { ...invited, hash: hashToken('token') });
    const join = { token: 'token', name: '', password: PASSWORD };
    const joining = await test.post('/invitation', join);
    assert.match(joining.body, /asks for a code.*autocomplete="one-time-code"/s);
    await clock.advance(60_000);
    const next = totpCode(secret, stepAt(clock.now()));
    assert.equal((await test.post('/invitation', { ...join, code: next })).statusCode, 303);
  });

  it('says that it was wrong, and when it was too often', async () => {
    await using test = await site(ADMIN);
    const form = { email: 'alice@example.org', password: 'wrong' };
    for (let i = 0; i < 10; i++) assert.equal((await test.post('/signin', form)).statusCode, 401);
    const answer = await test.post('/signin', form);
    assert.equal(`${answer.statusCode} ${answer.headers['retry-after']}`, '429 3600');
  });

  it('takes no form of another site', async () => {
    await using test = await site(ADMIN);
    const form = { email: 'alice@example.org', password: PASSWORD };
    const answer = await test.post('/signin', form, { origin: 'https://evil.example' });
    assert.equal(answer.statusCode, 403);
    assert.equal(answer.headers['set-cookie'], undefined);
  });

  it('says where the set-up link is while there is no account', async () => {
    await using test = await site();
    assert.match((await test.get('/signin')).body, /set-up link that the server printed/);
  });
});

describe('the invitation page', () => {
  const invite = async (test: Site, email: string) => {
    const input = { projectId: 1, email, role: 'member' as const, hash: hashToken('the token') };
    await test.writer.run('members.invite', { ...input, by: null, actor: 'x' });
  };

  it('makes an account and lets it in', async () => {
    await using test = await site(ADMIN);
    await invite(test, 'bob@example.org');
    const page = await test.get('/invitation?token=the%20token');
    requireLabels(page.body);
    assert.match(page.body, /bob@example\.org.*My project.*as member/s);
    const form = { token: 'the token', name: 'Bob', password: 'short' };
    const short = await test.post('/invitation', form);
    assert.match(short.body, /Password takes 8 to 1000 characters\./);
    const done = await test.post('/invitation', { ...form, password: PASSWORD });
    assert.equal(`${done.statusCode} ${done.headers.location}`, '303 /');
    assert.equal((await test.get('/invitation?token=the%20token')).statusCode, 404);
  });

  it('asks an account that exists for its password', async () => {
    await using test = await site(ADMIN);
    const project = { name: 'Other', environments: ['production'], pingKey: 'other123', ownerId: null };
    await test.writer.run('projects.create', { ...project, actor: 'x' });
    const input = { projectId: 2, email: 'alice@example.org', role: 'member' as const };
    await test.writer.run('members.invite', { ...input, hash: hashToken('the token'), by: null, actor: 'x' });
    assert.match((await test.get('/invitation?token=the%20token')).body, /Your password here/);
    const form = { token: 'the token', password: 'wrong' };
    assert.equal((await test.post('/invitation', form)).statusCode, 401);
    assert.equal((await test.post('/invitation', { ...form, password: PASSWORD })).statusCode, 303);
  });
});

describe('the first page', () => {
  it('sends strangers to sign in', async () => {
    await using test = await site(ADMIN);
    for (const cookie of [undefined, 'vigie_session=x']) {
      assert.equal((await test.get('/', cookie)).headers.location, '/signin');
    }
  });

  it('shows every check with its state, the troubled ones first', async () => {
    await using test = await site(ADMIN);
    const check = { projectId: 1, code: null, channels: null, match: null };
    await test.writer.run('checks.create', { ...check, fields: { name: 'a new <one>', tags: 'prod' } });
    const late = await test.writer.run('checks.create', {
      ...check,
      fields: { name: 'z down', timeout: 60 },
    });
    await test.store.db
      .updateTable('check_states')
      .set({ status: 'down' })
      .where('check_id', '=', late.check.check_id)
      .execute();
    const cookie = cookieOf(await test.post('/signin', { email: 'alice@example.org', password: PASSWORD }));
    const { body } = await test.get('/', cookie);
    assert.match(body, /✖ down.*z down.*○ new.*a new &lt;one&gt; <span class="tags">prod<\/span>/s);
  });

  it('shows how to begin where there is no check', async () => {
    await using test = await site(ADMIN);
    const cookie = cookieOf(await test.post('/signin', { email: 'alice@example.org', password: PASSWORD }));
    assert.match((await test.get('/', cookie)).body, /No checks yet\..*curl -fsS/s);
  });
});

describe('every page', () => {
  it('allows its one stylesheet and nothing else', async () => {
    await using test = await site();
    const { body, headers } = await test.get('/signin');
    const style = /<style>(.*?)<\/style>/s.exec(body)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    assert.equal(
      headers['content-security-policy'],
      `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    );
    assert.ok(!/<script|style=|onload|javascript:/.test(body));
  });

  it('tells no detail when the server fails', async () => {
    const test = await site();
    await test[Symbol.asyncDispose]();
    const answer = await test.get('/signin');
    assert.equal(`${answer.statusCode} ${answer.body}`, '500 The server failed; its log says more.');
  });
});
