/** The router before servers that are away, ill or hostile, and applications that make mistakes. */
import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { type Context, Hono } from 'hono';
import { type Answer, type PingServer, pingServer } from '../testing/ping-server.ts';
import { testClient } from '../testing/test-client.ts';
import { until } from '../testing/until.ts';
import { type MonitoringOptions, monitoringRouter } from './monitoring-router.ts';

const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' };

/** What Vigie would answer: the body as JSON. */
function json(status: number, body: unknown, headers = {}): Answer {
  return { status, body: JSON.stringify(body), headers: { ...JSON_TYPE, ...headers } };
}

function appOf(options: MonitoringOptions<Context>): Hono {
  return new Hono().use('/api/monitoring/*', monitoringRouter(options).hono);
}

async function ask(app: Hono, path: string, init: RequestInit = {}) {
  const response = await app.request(`/api/monitoring${path}`, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text || 'null') };
}

const everybody = () => true;
const GUARDED = [
  ['GET', '/status'],
  ['GET', '/check/redis'],
  ['GET', '/check/all'],
  ['GET', '/checks'],
  ['POST', '/checks/one/pause'],
  ['POST', '/checks/one/resume'],
  ['GET', '/dashboard'],
] as const;

test('without authorize health alone is answered', async () => {
  await using server = await pingServer(() => json(200, {}));
  const app = appOf({ client: testClient(server.url) });
  assert.equal((await ask(app, '/health')).status, 200);
  for (const [method, path] of GUARDED) {
    const { status, body } = await ask(app, path, { method });
    assert.deepEqual([status, body.error.code], [403, 'forbidden'], path);
  }
  assert.equal(server.asked.length, 1);
});

describe('who may ask', () => {
  // What programs without types hand back is among them.
  const cases: [answer: string, authorize: () => unknown, status: number][] = [
    ['true', () => true, 200],
    ['a promise of true', async () => true, 200],
    ['false', () => false, 403],
    ['a promise of false', async () => false, 403],
    ['nothing', () => undefined, 403],
    ['a person', () => ({ name: 'Bob' }), 403],
    ['the text "false"', () => 'false', 403],
    ['a promise of a promise kept in an object', () => ({ allowed: Promise.resolve(false) }), 403],
    ['an error', fail, 500],
    ['a promise that is not kept', async () => fail(), 500],
  ];
  for (const [answer, authorize, expected] of cases) {
    it(`${answer} is answered with ${expected}`, async () => {
      await using server = await pingServer(() => json(200, {}));
      const client = testClient(server.url);
      const options = { client, authorize } as MonitoringOptions<Context>;
      const { status } = await ask(appOf(options), '/checks/one/pause', { method: 'POST' });
      assert.equal(status, expected);
      assert.equal(server.asked.length, expected === 200 ? 1 : 0);
      assert.equal(client.said.length, expected === 500 ? 1 : 0);
    });
  }
});

function fail(): never {
  throw new Error('no database');
}

test('the role goes with the route, also where the route is written otherwise', async () => {
  await using server = await pingServer(() => json(200, {}));
  const roles: string[] = [];
  const authorize = (context: Context, role: string) => {
    roles.push(`${context.req.header('X-Person')} ${role}`);
    return role === 'user';
  };
  const app = appOf({ client: testClient(server.url), authorize });
  const headers = { 'X-Person': 'bob' };
  assert.equal((await ask(app, '/check/redis', { headers })).status, 200);
  assert.equal((await ask(app, '/check/%61ll', { headers })).status, 403);
  assert.deepEqual(roles, ['bob user', 'bob admin']);
  assert.deepEqual(
    server.asked.map(({ path }) => path),
    ['/api/monitoring/check/redis'],
  );
});

test('nothing of the caller goes on but the route and its names', async () => {
  await using server = await pingServer(() => json(200, { success: true }));
  const app = appOf({ client: testClient(server.url), authorize: everybody });
  const headers = {
    Cookie: 'session=secret',
    Authorization: 'Bearer secret',
    'X-Api-Key': 'theirs',
    'X-Own': '1',
  };
  const init = { method: 'POST', headers, body: 'secret' };
  await ask(app, '/checks/a%2Fb%20%3F%23/pause?project=secret', init);
  const [{ method, path, headers: sent, body } = raise()] = server.asked;
  assert.deepEqual([method, path, body], ['POST', '/api/monitoring/checks/a%2Fb%20%3F%23/pause', '']);
  assert.equal(sent['x-api-key'], 'k'.repeat(32));
  assert.ok(!JSON.stringify(sent).includes('secret'));
  assert.ok(!('x-own' in sent));
});

function raise(): never {
  throw new Error('nothing was asked');
}

test('answers of the server come back as they are, with their status', async () => {
  const cases: [Answer, number][] = [
    [json(200, { checks: [], total: 0 }), 200],
    [json(503, { overall_status: 'critical' }), 503],
    [json(404, { error: { code: 'not_found', message: 'no such service' } }), 404],
    [json(403, { error: { code: 'forbidden', message: 'this needs more' } }), 403],
    [json(500, { error: { code: 'internal', message: 'oh' } }), 500],
  ];
  for (const [given, expected] of cases) {
    await using server = await pingServer(() => given);
    const app = appOf({ client: testClient(server.url), authorize: everybody });
    const { status, headers, text } = await ask(app, '/dashboard');
    assert.deepEqual([status, text], [expected, given?.body]);
    assert.equal(headers.get('Content-Type'), 'application/json; charset=utf-8');
    assert.equal(headers.get('Cache-Control'), 'no-store');
  }
});

test('headers of the server stay there, but for when to come again', async () => {
  const headers = { 'Retry-After': '7', 'Set-Cookie': 'a=b', 'X-Own': '1' };
  await using server = await pingServer(() => json(429, {}, headers));
  const answer = await ask(appOf({ client: testClient(server.url), authorize: everybody }), '/dashboard');
  assert.equal(answer.status, 429);
  assert.equal(answer.headers.get('Retry-After'), '7');
  assert.deepEqual([answer.headers.get('Set-Cookie'), answer.headers.get('X-Own')], [null, null]);
});

describe('what is no answer of Vigie is 503 and plain JSON, and the log says why', () => {
  const elsewhere = { Location: 'http://127.0.0.1:9/', ...JSON_TYPE };
  const cases: [name: string, answer: Answer, said: RegExp][] = [
    ['a page of a proxy', { status: 502, body: '<h1>Bad gateway</h1>' }, /answers 502 without JSON/],
    ['a page where nothing is wrong', { status: 200, body: '<html>' }, /answers 200 without JSON/],
    ['a way elsewhere', { status: 302, body: '{}', headers: elsewhere }, /answers 302/],
    ['nothing at all', { status: 204, body: '', headers: JSON_TYPE }, /answers 204 without JSON/],
    ['a key that it does not take', json(401, {}), /does not take the API key/],
    ['no answer in time', null, /127\.0\.0\.1:\d+ does not answer: .*timeout/],
  ];
  for (const [name, answer, said] of cases) {
    it(name, async () => {
      await using server = await pingServer(() => answer);
      const client = testClient(server.url, { checkTimeout: 0.2 });
      const app = appOf({ client, authorize: everybody });
      for (const path of ['/health', '/check/redis']) await requireUnavailable(app, path);
      assert.equal(client.said.length, 1, 'said once, however many ask');
      assert.match(client.said.join(), said);
    });
  }
});

async function requireUnavailable(app: Hono, path: string): Promise<void> {
  const { status, headers, body } = await ask(app, path);
  assert.equal(status, 503);
  assert.equal(headers.get('Content-Type'), 'application/json; charset=utf-8');
  assert.deepEqual(body, {
    error: { code: 'unavailable', message: 'the monitoring server does not answer' },
  });
}

test('a server that comes back is asked again, and missed again', async () => {
  let answer: Answer = { status: 502 };
  await using server = await pingServer(() => answer);
  const client = testClient(server.url);
  const app = appOf({ client });
  await requireUnavailable(app, '/health');
  answer = json(200, { status: 'healthy' });
  assert.equal((await ask(app, '/health')).status, 200);
  answer = { status: 502 };
  await requireUnavailable(app, '/health');
  assert.equal(client.said.length, 2);
});

test('an answer beyond all bounds is left', async () => {
  await using server = await pingServer(() => ({
    status: 200,
    headers: JSON_TYPE,
    body: 'x'.repeat(100_000_001),
  }));
  const client = testClient(server.url);
  await requireUnavailable(appOf({ client, authorize: everybody }), '/checks');
  assert.match(client.said.join(), /more than 100000000 characters/);
});

test('monitoring that is off asks nobody', async () => {
  await using server = await pingServer(() => json(200, {}));
  const client = testClient(server.url, { variables: { HEALTHCHECKS_ENABLED: 'false' } });
  await requireUnavailable(appOf({ client }), '/health');
  assert.match(client.said.join(), /switched off/);
  assert.equal(server.asked.length, 0);
});

test('a read key is enough to look, and pauses nothing', async () => {
  await using server = await pingServer(() => json(200, {}));
  const app = appOf({
    client: testClient(server.url, { apiKey: null, readKey: 'r'.repeat(32) }),
    authorize: everybody,
  });
  await ask(app, '/dashboard');
  await ask(app, '/checks/one/pause', { method: 'POST' });
  assert.deepEqual(
    server.asked.map(({ headers }) => headers['x-api-key']),
    ['r'.repeat(32), undefined],
  );
});

test('the monitoring API is beside the management API, whatever its version, below any path', async () => {
  await using server = await pingServer(() => json(200, {}));
  for (const path of ['/api/v3', '/below/api/v1/', '/below/api']) {
    await ask(appOf({ client: testClient(server.url, { apiUrl: server.url + path }) }), '/health');
  }
  assert.deepEqual(
    server.asked.map(({ path }) => path),
    ['/api/monitoring/health', '/below/api/monitoring/health', '/below/api/monitoring/health'],
  );
});

/** A server that answers when it is told to. */
async function slowServer(): Promise<{ server: PingServer; release: () => void }> {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const server = await pingServer(() => released.then(() => json(200, {})));
  return { server, release: () => release() };
}

test('who asks for health at the same time shares one question', async () => {
  const { server, release } = await slowServer();
  await using _ = server;
  const app = appOf({ client: testClient(server.url) });
  const asked = Array.from({ length: 200 }, () => ask(app, '/health'));
  await until('the server is asked', () => server.asked.length > 0);
  release();
  assert.ok((await Promise.all(asked)).every(({ status }) => status === 200));
  assert.equal(server.asked.length, 1);
  await ask(app, '/health');
  assert.equal(server.asked.length, 2, 'later it is asked anew');
});

test('more than 64 at once are sent away', async () => {
  const { server, release } = await slowServer();
  await using _ = server;
  const app = appOf({ client: testClient(server.url), authorize: everybody });
  const asked = Array.from({ length: 64 }, (_each, i) => ask(app, `/check/s${i}`));
  await until('all of them are asked', () => server.asked.length === 64);
  const { status, body } = await ask(app, '/dashboard');
  assert.deepEqual([status, body.error.message], [503, 'too many ask at once']);
  release();
  assert.ok((await Promise.all(asked)).every((answer) => answer.status === 200));
  assert.equal((await ask(app, '/dashboard')).status, 200);
});
