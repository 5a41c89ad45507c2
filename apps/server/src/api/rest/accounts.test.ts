import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type {
  AuditEntry,
  Entry,
  IdentityBody,
  Invitation,
  InvitationCreated,
  InvitedBody,
  Key,
  Member,
  Page,
  Project,
  Server,
  Session,
  SetUpDone,
  User,
} from '@vigie/contract';
import { firstRun } from '../../accounts/first-run.ts';
import { make } from '../../testing/rest-checks.ts';
import { type RestServer, restServer } from '../../testing/rest-server.ts';

const PASSWORD = 'correct horse';

/** The session cookie of an answer, as a browser sends it back. */
function cookieOf(answer: { headers: Record<string, unknown> }): Record<string, string> {
  const [cookie = ''] = String(answer.headers['set-cookie']).split(';');
  return { cookie, 'sec-fetch-site': 'same-origin' };
}

async function get<T>(
  server: RestServer,
  path: string,
  headers: Record<string, string>,
): Promise<T | number> {
  const response = await server.app.inject({ url: `/api/vigie${path}`, headers });
  return response.statusCode === 200 ? (response.json() as T) : response.statusCode;
}

async function withDora(server: RestServer): Promise<{ url: string; token: string }> {
  const path = `/projects/${server.project.code}/invitations`;
  const invitation = { email: 'dora@example.org', role: 'member' };
  const made = await server.call<Invitation & { url: string }>('mary', 'POST', path, invitation);
  assert.equal(made.status, 201, made.text);
  const { url } = made.body;
  return { url, token: new URL(url).searchParams.get('token') ?? '' };
}

describe('the set-up', () => {
  it('makes the admin with the printed token, and tells of a first ping', async () => {
    await using server = await restServer();
    const { setUpUrl } = await firstRun(server.context);
    const token = new URL(setUpUrl ?? '').searchParams.get('token') ?? '';
    const body = { token, email: 'Root@Example.org', password: PASSWORD, name: 'Root' };
    const done = await server.call<SetUpDone>('nobody', 'POST', '/setup', body);
    assert.equal(done.status, 201);
    assert.equal(done.body.user.email, 'root@example.org');
    assert.equal(done.body.user.admin, true);
    assert.equal(done.body.ping_url, 'http://vigie.test/ping/teampingkey/my-first-check?create=1');
    const me = await get<IdentityBody>(server, '/session', cookieOf(done));
    assert.ok(typeof me === 'object' && me.user?.admin);
    assert.equal((await server.call('nobody', 'POST', '/setup', body)).status, 404);
  });

  it('refuses a token of nobody, and a short password', async () => {
    await using server = await restServer();
    const body = { token: 'x', email: 'root@example.org', password: PASSWORD };
    assert.equal((await server.call('nobody', 'POST', '/setup', body)).status, 404);
    const short = await server.call('nobody', 'POST', '/setup', { ...body, password: 'short' });
    assert.equal(short.body.error.message, 'password is too small: it takes 8 characters at least');
  });
});

describe('the entry', () => {
  it('tells which ways in there are, and no more', async () => {
    await using server = await restServer({ VIGIE_SITE_NAME: 'Lookout' });
    const facts = async () => (await server.call<Entry>('nobody', 'GET', '/entry')).body;
    const closed = {
      set_up_needed: true,
      registration_open: false,
      mail: false,
      site_name: 'Lookout',
    };
    assert.deepEqual(await facts(), closed);
    server.configure({
      registrationOpen: true,
      mail: { url: 'smtp://127.0.0.1:1', from: 'vigie@example.org' },
    });
    assert.deepEqual(await facts(), { ...closed, registration_open: true, mail: true });
  });

  it('tells whether a set-up link leads in', async () => {
    await using server = await restServer();
    const { setUpUrl } = await firstRun(server.context);
    const token = new URL(setUpUrl ?? '').searchParams.get('token') ?? '';
    assert.equal((await server.call('nobody', 'GET', `/setup?token=${token}`)).status, 204);
    assert.equal((await server.call('nobody', 'GET', '/setup?token=x')).status, 404);
    const body = { token, email: 'root@example.org', password: PASSWORD };
    await server.call('nobody', 'POST', '/setup', body);
    assert.equal((await server.call('nobody', 'GET', `/setup?token=${token}`)).status, 404);
  });

  it('tells whom an invitation’s link is for', async () => {
    await using server = await restServer();
    const { token } = await withDora(server);
    const path = `/invitation?token=${token}`;
    const { body } = await server.call<InvitedBody>('nobody', 'GET', path);
    const dora = { project: 'Team', email: 'dora@example.org', role: 'member', account_exists: false };
    assert.deepEqual(body, dora);
    const account = { email: dora.email, name: '', password: '', timeZone: 'UTC' };
    await server.writer.run('accounts.register', account);
    const known = await server.call<InvitedBody>('nobody', 'GET', path);
    assert.deepEqual(known.body, { ...dora, account_exists: true });
    assert.equal((await server.call('nobody', 'GET', '/invitation?token=x')).status, 404);
  });
});

describe('signing in', () => {
  const given = { email: 'dora@example.org', password: PASSWORD };

  it('sets a cookie that pages cannot read, and signing out ends it', async () => {
    await using server = await restServer({ VIGIE_REGISTRATION_OPEN: 'true' });
    await server.call('nobody', 'POST', '/accounts', { ...given, name: 'Dora' });
    const answer = await server.call<IdentityBody>('nobody', 'POST', '/session', given);
    assert.equal(answer.body.user?.name, 'Dora');
    assert.match(
      String(answer.headers['set-cookie']),
      /^vigie_session=[\w-]{43}; Path=\/; Max-Age=34560000; HttpOnly; SameSite=Lax$/,
    );
    const headers = cookieOf(answer);
    const signOut = { method: 'DELETE', url: '/api/vigie/session', headers } as const;
    assert.equal((await server.app.inject(signOut)).statusCode, 204);
    assert.equal(await get(server, '/session', headers), 401);
  });

  it('marks the cookie for HTTPS alone where the server is reached by HTTPS', async () => {
    await using server = await restServer({
      VIGIE_REGISTRATION_OPEN: 'true',
      VIGIE_BASE_URL: 'https://vigie.test',
    });
    const answer = await server.call('nobody', 'POST', '/accounts', given);
    assert.match(String(answer.headers['set-cookie']), /; Secure$/);
  });

  it('says when to try again after too many tries', async () => {
    await using server = await restServer();
    const wrong = { email: 'alice@example.org', password: 'wrong horse' };
    for (let i = 0; i < 10; i++) {
      assert.equal((await server.call('nobody', 'POST', '/session', wrong)).status, 401);
    }
    const answer = await server.call('nobody', 'POST', '/session', wrong);
    assert.equal(answer.status, 429);
    assert.equal(answer.headers['retry-after'], '3600');
    assert.equal(answer.body.error.message, 'too many tries; try again in 60 min');
  });

  it('is refused to a page of another site', async () => {
    await using server = await restServer();
    const { statusCode } = await server.app.inject({
      method: 'POST',
      url: '/api/vigie/session',
      headers: { origin: 'https://evil.example', 'content-type': 'application/json' },
      payload: JSON.stringify(given),
    });
    assert.equal(statusCode, 403);
  });
});

describe('a person', () => {
  it('sees and ends sessions', async () => {
    await using server = await restServer();
    await server.writer.run('sessions.open', {
      hash: 'f'.repeat(64),
      userId: server.ids['bob'] ?? 0,
      remoteAddr: '192.0.2.7',
      userAgent: 'phone',
      password: '',
    });
    const { items } = (await server.call<{ items: Session[] }>('bob', 'GET', '/sessions')).body;
    assert.deepEqual(items.map((one) => [one.current, one.user_agent]).sort(), [
      [false, 'phone'],
      [true, 'test'],
    ]);
    const id = items.find((one) => !one.current)?.id;
    assert.equal((await server.call('charlie', 'DELETE', `/sessions/${id}`)).status, 404);
    assert.equal((await server.call('bob', 'DELETE', `/sessions/${id}`)).status, 204);
    assert.equal((await server.call<{ items: Session[] }>('bob', 'GET', '/sessions')).body.items.length, 1);
  });

  it('ends all other sessions at once', async () => {
    await using server = await restServer();
    for (const [i, userId] of [server.ids['bob'] ?? 0, server.ids['charlie'] ?? 0].entries()) {
      const session = { userId, remoteAddr: '192.0.2.7', userAgent: 'phone', password: '' };
      await server.writer.run('sessions.open', { ...session, hash: String(i).repeat(64) });
    }
    const sessions = async (caller: 'bob' | 'charlie') =>
      (await server.call<{ items: Session[] }>(caller, 'GET', '/sessions')).body.items;
    assert.equal((await server.call('write', 'DELETE', '/sessions')).status, 403);
    assert.equal((await server.call('bob', 'DELETE', '/sessions')).status, 204);
    assert.deepEqual(
      (await sessions('bob')).map(({ current }) => current),
      [true],
    );
    assert.equal((await sessions('charlie')).length, 2);
    const { body } = await server.call<Page<AuditEntry>>('admin', 'GET', '/audit?limit=1');
    assert.equal(body.items[0]?.action, 'session.close-others');
  });

  it('chooses a theme', async () => {
    await using server = await restServer();
    const theme = async () => (await server.call<IdentityBody>('bob', 'GET', '/session')).body.user?.theme;
    assert.equal(await theme(), 'system');
    assert.equal((await server.call<User>('bob', 'PATCH', '/me', { theme: 'dark' })).body.theme, 'dark');
    assert.equal(await theme(), 'dark');
    assert.equal((await server.call('bob', 'PATCH', '/me', { theme: 'pink' })).status, 400);
  });

  it('changes name, language and time zone', async () => {
    await using server = await restServer();
    const change = { name: 'Robert', language: 'fr', time_zone: 'Europe/Kiev' };
    const { body } = await server.call<User>('bob', 'PATCH', '/me', change);
    assert.equal(`${body.name} ${body.language} ${body.time_zone}`, 'Robert fr Europe/Kyiv');
    assert.equal((await server.call('bob', 'PATCH', '/me', { time_zone: 'Mars' })).status, 400);
    assert.equal((await server.call('write', 'PATCH', '/me', { name: 'x' })).status, 403);
  });

  it('changes the password by giving the current one', async () => {
    await using server = await restServer({ VIGIE_REGISTRATION_OPEN: 'true' });
    const dora = { email: 'dora@example.org', password: PASSWORD };
    const headers = cookieOf(await server.call('nobody', 'POST', '/accounts', dora));
    const change = (current: string) =>
      server.app.inject({
        method: 'POST',
        url: '/api/vigie/me/password',
        headers: { ...headers, 'content-type': 'application/json' },
        payload: JSON.stringify({ current, password: 'battery staple' }),
      });
    assert.equal((await change('wrong horse')).statusCode, 401);
    assert.equal((await change(PASSWORD)).statusCode, 204);
    const old = await server.call('nobody', 'POST', '/session', dora);
    assert.equal(old.status, 401);
  });
});

describe('a project', () => {
  it('is made, changed and deleted by its owner', async () => {
    await using server = await restServer();
    const made = await server.call<Project>('bob', 'POST', '/projects', { name: 'Mine' });
    assert.equal(made.status, 201);
    assert.equal(`${made.body.role} ${made.body.environments}`, 'owner production');
    const path = `/projects/${made.body.id}`;
    const patch = { name: 'Ours', environments: ['qa'], show_slugs: true, alert_route: 'both' };
    const changed = await server.call<Project>('bob', 'PATCH', path, patch);
    assert.equal(
      `${changed.body.name} ${changed.body.environments} ${changed.body.show_slugs} ${changed.body.alert_route}`,
      'Ours qa true both',
    );
    assert.equal((await server.call('alice', 'GET', path)).status, 404);
    assert.equal((await server.call('bob', 'DELETE', path)).status, 204);
    assert.equal((await server.call('bob', 'GET', path)).status, 404);
    const list = await server.call<Page<Project>>('bob', 'GET', '/projects');
    assert.deepEqual(
      list.body.items.map((one) => one.name),
      ['Team'],
    );
  });

  it('shows its ping key to those who may change it', async () => {
    await using server = await restServer();
    const path = `/projects/${server.project.code}`;
    for (const [caller, key] of [
      ['bob', 'teampingkey'],
      ['rita', null],
      ['write', null],
      ['admin', 'teampingkey'],
    ] as const) {
      assert.equal((await server.call<Project>(caller, 'GET', path)).body.ping_key, key, caller);
    }
    const { body } = await server.call<{ ping_key: string }>('bob', 'POST', `${path}/ping-key`);
    assert.match(body.ping_key, /^[a-z0-9]{22}$/);
    assert.equal((await server.call<Project>('bob', 'GET', path)).body.ping_key, body.ping_key);
  });

  it('gives keys that are shown once and end at once', async () => {
    await using server = await restServer();
    const path = `/projects/${server.project.code}/keys`;
    const made = await server.call<Key & { key: string }>('bob', 'POST', path, {
      name: 'ci',
      scope: 'write',
    });
    const { key, id, hint } = made.body;
    assert.equal(key.length, 32);
    assert.equal(hint, key.slice(0, 8));
    assert.ok(typeof (await get(server, '/session', { 'x-api-key': key })) === 'object');
    const list = await server.call<Page<Key>>('bob', 'GET', path);
    assert.ok(!list.text.includes(key));
    assert.deepEqual(
      list.body.items.map((one) => one.name),
      ['write', 'read', 'ci'],
    );
    assert.equal((await server.call('bob', 'DELETE', `${path}/${id}`)).status, 204);
    assert.equal(await get(server, '/session', { 'x-api-key': key }), 401);
    assert.equal((await server.call('bob', 'DELETE', `${path}/${id}`)).status, 404);
    assert.equal((await server.call('bob', 'DELETE', `${path}/%00`)).status, 404);
  });

  it('lets members in by a link that works once', async () => {
    await using server = await restServer();
    const { url, token } = await withDora(server);
    assert.ok(url.startsWith('http://vigie.test/invitation?token='));
    const accept = { token, password: 'short' };
    assert.equal((await server.call('nobody', 'POST', '/invitation', accept)).status, 400);
    const answer = await server.call('nobody', 'POST', '/invitation', { ...accept, password: PASSWORD });
    assert.equal(answer.status, 200);
    const path = `/projects/${server.project.code}/members`;
    const { items } = (await server.call<Page<Member>>('rita', 'GET', path)).body;
    assert.deepEqual(items.map((one) => `${one.email} ${one.role}`).at(-1), 'dora@example.org member');
    const again = await server.call('nobody', 'POST', '/invitation', { token, password: PASSWORD });
    assert.equal(again.status, 404);
  });

  it('says the link of an invitation again, and gives it another week', async () => {
    await using server = await restServer();
    const { url, token } = await withDora(server);
    const path = `/projects/${server.project.code}/invitations`;
    const [waiting] = (await server.call<{ items: Invitation[] }>('mary', 'GET', path)).body.items;
    await server.clock.advance(6 * 86_400_000);
    const resend = `${path}/${waiting?.id}/resend`;
    assert.equal((await server.call('bob', 'POST', resend)).status, 403);
    const again = await server.call<InvitationCreated>('mary', 'POST', resend);
    assert.deepEqual([again.body.url, again.body.mailed, again.body.id], [url, false, waiting?.id]);
    await server.clock.advance(6 * 86_400_000);
    const accept = { token, password: PASSWORD };
    assert.equal((await server.call('nobody', 'POST', '/invitation', accept)).status, 200);
    assert.equal((await server.call('mary', 'POST', resend)).status, 404);
  });

  it('sends nobody more than five invitations an hour, nor more than a hundred in one name', async () => {
    await using server = await restServer();
    server.configure({ mail: { url: 'smtp://127.0.0.1:1', from: 'vigie@example.org' } });
    const path = `/projects/${server.project.code}/invitations`;
    const invite = (email: string) =>
      server.call<Invitation>('mary', 'POST', path, { email, role: 'member' });
    const dora = await invite('dora@example.org');
    const resend = () => server.call('mary', 'POST', `${path}/${dora.body.id}/resend`);
    for (let i = 0; i < 4; i++) assert.equal((await resend()).status, 200);
    assert.equal((await resend()).status, 429);
    assert.equal((await invite('dora@example.org')).status, 429);
    for (let i = 5; i < 100; i++) assert.equal((await invite(`${i}@example.org`)).status, 201);
    assert.equal((await invite('emil@example.org')).status, 429);
    await server.clock.advance(3_600_000);
    assert.equal((await resend()).status, 200);
  });

  it('takes an invitation back', async () => {
    await using server = await restServer();
    const { token } = await withDora(server);
    const path = `/projects/${server.project.code}/invitations`;
    const [waiting] = (await server.call<{ items: Invitation[] }>('mary', 'GET', path)).body.items;
    assert.equal(waiting?.email, 'dora@example.org');
    assert.equal((await server.call('mary', 'DELETE', `${path}/${waiting?.id}`)).status, 204);
    const accept = { token, password: PASSWORD };
    assert.equal((await server.call('nobody', 'POST', '/invitation', accept)).status, 404);
  });

  it('changes the roles of its members', async () => {
    await using server = await restServer();
    const path = `/projects/${server.project.code}/members/${server.ids['bob']}`;
    const { body } = await server.call<Member>('mary', 'PATCH', path, { role: 'readonly' });
    assert.equal(body.role, 'readonly');
    assert.equal((await server.call('bob', 'POST', '/checks', {})).status, 403);
    assert.equal((await server.call('bob', 'DELETE', path)).status, 204);
    assert.equal((await server.call('bob', 'GET', `/projects/${server.project.code}`)).status, 404);
  });
});

describe('the audit log', () => {
  const actions = (page: Page<AuditEntry>) => page.items.map((one) => `${one.actor} ${one.action}`);

  it('tells who changed a project, without secrets', async () => {
    await using server = await restServer();
    const path = `/projects/${server.project.code}`;
    await server.call('bob', 'POST', `${path}/ping-key`);
    const settings = { url_down: 'http://127.0.0.1:1/s3cret' };
    await server.call('write', 'POST', '/channels', { kind: 'webhook', name: 'hook', settings });
    const log = await server.call<Page<AuditEntry>>('mary', 'GET', '/audit?limit=2');
    assert.deepEqual(actions(log.body), [
      'key:hcw_wwww channel.create',
      'user:bob@example.org project.ping-key',
    ]);
    assert.ok(!log.text.includes('s3cret'));
    const rest = await server.call<Page<AuditEntry>>('mary', 'GET', `/audit?cursor=${log.body.next}`);
    assert.equal(actions(rest.body)[0], 'x key.create');
    assert.equal((await server.call('bob', 'GET', '/audit')).status, 403);
  });

  it('is filtered by who did what when', async () => {
    await using server = await restServer();
    await make(server, { name: 'one' });
    await server.clock.advance(1000);
    await make(server, { name: 'two' }, 'write');
    await server.call('bob', 'POST', `/projects/${server.project.code}/ping-key`);
    const list = async (query: string) =>
      actions((await server.call<Page<AuditEntry>>('mary', 'GET', `/audit?${query}`)).body);
    assert.deepEqual(await list('actor=BOB&action=check.'), ['user:bob@example.org check.create']);
    assert.deepEqual(await list('action=check.'), [
      'key:hcw_wwww check.create',
      'user:bob@example.org check.create',
    ]);
    assert.deepEqual(await list('action=heck'), []);
    assert.deepEqual(await list('actor=%25'), []);
    const second = '2026-07-15T12:00:01Z';
    assert.deepEqual(await list(`from=${second}&action=check`), ['key:hcw_wwww check.create']);
    assert.deepEqual(await list(`to=${second}&action=check`), ['user:bob@example.org check.create']);
  });

  it('says what the things are called that it names by their ids, and what they were called', async () => {
    await using server = await restServer();
    const kept = await make(server, { name: 'kept' });
    const gone = await make(server, { name: 'first name' });
    await server.call('bob', 'PATCH', `/checks/${gone.id}`, { name: 'last name' });
    await server.call('bob', 'PATCH', `/checks/${kept.id}`, { depends_on: [gone.id] });
    await server.call('bob', 'DELETE', `/checks/${gone.id}`);
    const { body } = await server.call<Page<AuditEntry>>('mary', 'GET', '/audit?action=check.update');
    assert.deepEqual(
      body.items.map(({ names }) => names),
      [{ [kept.id]: 'kept', [gone.id]: 'last name' }, { [gone.id]: 'last name' }],
    );
    // Whoever puts the id of a foreign thing into a project of their own learns nothing of it.
    const own = await server.call<Project>('charlie', 'POST', '/projects', { name: 'own' });
    const project = `project=${own.body.id}`;
    await server.call('charlie', 'POST', `/checks?${project}`, { name: `${kept.id} ${gone.id}` });
    const foreign = await server.call<Page<AuditEntry>>('charlie', 'GET', `/audit?${project}&action=check.`);
    assert.equal(Object.keys(foreign.body.items[0]?.names ?? {}).length, 1);
    assert.ok(!foreign.text.includes('last name'));
  });

  it('tells instants as the rest of the API does', async () => {
    await using server = await restServer();
    const ends = '2026-07-16T12:00:00.000Z';
    const matchers = [{ name: 'check', value: 'one' }];
    await server.call('bob', 'POST', '/silences', { matchers, ends_at: ends, comment: 'moving' });
    const { body } = await server.call<Page<AuditEntry>>('mary', 'GET', '/audit?action=silence.');
    const [entry] = body.items;
    assert.equal(entry?.detail['ends_at'], ends);
    assert.equal(entry?.names[entry.target], 'moving');
  });

  it('tells the instance admin about everything', async () => {
    await using server = await restServer();
    const { body } = await server.call<Page<AuditEntry>>('admin', 'GET', '/audit?limit=500');
    assert.ok(actions(body).includes('user:charlie@example.org session.open'));
  });
});

describe('the instance admin', () => {
  it('does everything everywhere, with the token too', async () => {
    await using server = await restServer();
    assert.equal((await server.call('admin', 'POST', '/checks', {})).status, 201);
    assert.equal((await server.call<Project>('admin', 'POST', '/projects', { name: 'New' })).status, 201);
    assert.equal((await server.call<Page<Project>>('admin', 'GET', '/projects')).body.items.length, 2);
  });
});

describe('the server', () => {
  it('tells about itself', async () => {
    await using server = await restServer();
    await server.clock.advance(90_000);
    const { body } = await server.call<Server>('read', 'GET', '/server');
    assert.equal(`${body.engine} ${body.uptime} ${body.set_up}`, `${server.store.engine} 90 false`);
    assert.match(body.version, /^\d+\.\d+\.\d+/);
  });

  it('tells when nobody watched', async () => {
    await using server = await restServer();
    await server.writer.run('nodes.start', 'one');
    await server.clock.advance(60_000);
    await server.writer.run('nodes.start', 'two');
    const { body } = await server.call<Page<{ from: string; to: string }>>('read', 'GET', '/outages');
    assert.deepEqual(
      body.items.map(({ from, to }) => [from, to]),
      [['2026-07-15T12:00:00.000Z', '2026-07-15T12:01:00.000Z']],
    );
  });
});
