import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Key, OpenApiDocument, Page } from '@vigie/contract';
import { make, ping } from '../../testing/rest-checks.ts';
import { type Caller, type RestServer, restServer } from '../../testing/rest-server.ts';
import type { RestRoute } from './define.ts';
import { describedTable } from './routes.ts';

/** The ways in, and what their pages need to know. */
const OPEN = new Set([
  'GET /entry',
  'GET /api/monitoring/health',
  'GET /setup',
  'POST /setup',
  'POST /session',
  'POST /session/passkey/options',
  'POST /session/passkey',
  'POST /accounts',
  'GET /invitation',
  'POST /invitation',
  'POST /password-reset',
  'POST /password-reset/confirm',
]);

/** What a route may answer a stranger: it does not exist, or is not for them. */
const TURNED_AWAY = [403, 404];

describe('every route of the native API', () => {
  let server: RestServer;
  /** One of each noun, by the name of its parameter. */
  let ids: Record<string, string>;

  before(async () => {
    server = await restServer();
    const { id: check } = await make(server, { name: 'backup', tags: ['tier1'] });
    await ping(server, check, 'fail');
    const alert = await first('/alerts');
    const incident = await first('/incidents');
    ids = { project: server.project.code, check, alert, incident };
    const settings = { url_down: 'http://127.0.0.1:1/' };
    const hook = { kind: 'webhook', name: 'hook', settings };
    ids['channel'] = await added('/channels', hook);
    ids['drill'] = await added('/drills', {});
    const ends_at = new Date(server.clock.now() + 3_600_000).toISOString();
    const matchers = [{ name: 'check', value: 'other' }];
    ids['silence'] = await added('/silences', { matchers, ends_at, comment: 'x' });
    ids['window'] = await added('/windows', { name: 'x', schedule: '0 3 * * *', duration: 3600 });
  });
  after(() => server[Symbol.asyncDispose]());

  const first = async (path: string): Promise<string> =>
    (await server.call<Page<{ id: string }>>('bob', 'GET', path)).body.items[0]?.id ?? '';

  async function added(path: string, body: object): Promise<string> {
    const answer = await server.call<{ id: string }>('bob', 'POST', path, body);
    assert.equal(answer.status, 201, answer.text);
    return answer.body.id;
  }

  function pathOf(route: RestRoute): string {
    return route.path.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? '1');
  }

  const each = (visit: (route: RestRoute) => Promise<void>) => async () => {
    for (const route of server.api.table) {
      try {
        await visit(route);
      } catch (error) {
        assert.fail(`${route.method} ${route.path}: ${error instanceof Error ? error.message : error}`);
      }
    }
  };

  const status = async (caller: Caller, route: RestRoute): Promise<number> =>
    (await server.call(caller, route.method, pathOf(route), route.body && {})).status;

  it(
    'answers 401 without credentials, unless it is one of the few that are open',
    each(async (route) => {
      const line = `${route.method} ${route.path.replace('/api/vigie', '')}`;
      assert.equal(route.access === 'open', OPEN.has(line));
      if (route.access !== 'open') assert.equal(await status('nobody', route), 401);
    }),
  );

  it(
    'turns a stranger away wherever a project is concerned',
    each(async (route) => {
      if (route.access === 'open' || route.access === 'known') return;
      assert.ok(TURNED_AWAY.includes(await status('charlie', route)));
    }),
  );

  it(
    'lets a read-only key and a read-only member change nothing',
    each(async (route) => {
      // What everybody may do: sign out, leave, have a project of one's own, send a test, ask for a preview.
      if (route.method === 'GET' || route.access === 'open' || route.access === 'known') return;
      if (['member.read', 'channel.test', 'project.read'].includes(route.access)) return;
      assert.equal(await status('read', route), 403);
      assert.equal(await status('rita', route), 403);
    }),
  );

  it(
    'takes no change from a page of another site that uses a session',
    each(async (route) => {
      if (route.method === 'GET') return;
      const headers = { ...server.headersOf('alice'), 'sec-fetch-site': 'cross-site' };
      const options = { method: route.method, url: pathOf(route), headers } as const;
      const body = route.body
        ? { payload: '{}', headers: { ...headers, 'content-type': 'application/json' } }
        : {};
      const { statusCode } = await server.app.inject({ ...options, ...body });
      assert.ok(statusCode === 403 || route.access === 'open', String(statusCode));
    }),
  );

  it('is described, and nothing else is', async () => {
    const { body } = await server.call<OpenApiDocument>('read', 'GET', '/openapi.json');
    const described = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    const served = server.api.routes.map((route) => `${route.method} ${route.url}`);
    assert.deepEqual(described.sort(), served.sort());
  });

  it('has a name of its own in the description', () => {
    const { paths } = describedTable(server.api.table, 'http://vigie.test');
    const names = Object.values(paths).flatMap((methods) =>
      Object.values(methods).map((operation) => operation['operationId']),
    );
    assert.equal(new Set(names).size, names.length);
  });

  it('says so where there is none', async () => {
    const answer = await server.call('alice', 'GET', '/nothing?x=1');
    assert.deepEqual(answer.body.error, {
      code: 'not_found',
      message: 'there is no GET /api/vigie/nothing',
      field: null,
    });
  });
});

describe('credentials', () => {
  const cases: [name: string, headers: Record<string, string>, status: number][] = [
    ['a key in X-Api-Key', { 'x-api-key': `hcr_${'r'.repeat(28)}` }, 200],
    ['a key as Bearer', { authorization: `Bearer hcr_${'r'.repeat(28)}` }, 200],
    ['a key as the password of Basic', { authorization: `Basic ${btoa(`x:hcr_${'r'.repeat(28)}`)}` }, 200],
    ['the admin token', { authorization: 'Bearer an admin token for tests only' }, 200],
    ['a key behind several spaces', { authorization: `bearer    hcr_${'r'.repeat(28)}` }, 200],
    ['a scheme without a key', { authorization: 'Bearer' }, 401],
    ['another scheme', { authorization: 'Digest x' }, 401],
    ['a wrong key', { 'x-api-key': 'x'.repeat(32) }, 401],
    ['a wrong key beside a session', { 'x-api-key': 'x'.repeat(32), cookie: 'vigie_session=alice' }, 401],
    ['an empty key', { 'x-api-key': '' }, 401],
    ['another scheme', { authorization: 'Digest x' }, 401],
    ['a session among other cookies', { cookie: 'a=b; vigie_session=alice; c=d' }, 200],
    ['a session that does not exist', { cookie: 'vigie_session=mallory' }, 401],
    ['the hash of a session', { cookie: `vigie_session=${'0'.repeat(64)}` }, 401],
  ];
  for (const [name, headers, status] of cases) {
    it(`answer ${status} to ${name}`, async () => {
      await using server = await restServer();
      const { statusCode } = await server.app.inject({ url: '/api/vigie/session', headers });
      assert.equal(statusCode, status);
    });
  }

  it('are noted as used, once an hour', async () => {
    await using server = await restServer();
    const uses = async () => {
      const path = `/projects/${server.project.code}/keys`;
      const { body } = await server.call<Page<Key>>('alice', 'GET', path);
      return body.items.map((key) => key.last_used_at);
    };
    assert.deepEqual(await uses(), [null, null]);
    await server.call('write', 'GET', '/session');
    const first = await uses();
    assert.deepEqual(first, ['2026-07-15T12:00:00.000Z', null]);
    await server.clock.advance(3_600_000);
    await server.call('write', 'GET', '/session');
    assert.deepEqual(await uses(), first);
    await server.clock.advance(1);
    await server.call('write', 'GET', '/session');
    assert.deepEqual(await uses(), ['2026-07-15T13:00:00.001Z', null]);
  });

  it('may be left out where the configuration says so, within the role it gives', async () => {
    await using server = await restServer({ VIGIE_ANONYMOUS_ROLE: 'readonly' });
    const headers = { host: 'localhost' };
    const get = (extra: Record<string, string>) =>
      server.app.inject({ url: '/api/vigie/checks', headers: { ...headers, ...extra } });
    assert.equal((await get({})).statusCode, 200);
    assert.equal((await get({ origin: 'http://localhost' })).statusCode, 401);
    assert.equal((await get({ 'x-forwarded-for': '127.0.0.1' })).statusCode, 401);
    const post = await server.app.inject({ method: 'POST', url: '/api/vigie/checks', headers });
    assert.equal(post.statusCode, 403);
  });
});
