/** The three frameworks, each with a real server where it has one. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import express, { type Request } from 'express';
import fastify, { type FastifyRequest } from 'fastify';
import { type Context, Hono } from 'hono';
import type { Client } from '../client.ts';
import { pingServer } from '../testing/ping-server.ts';
import { testClient, UUID } from '../testing/test-client.ts';
import { until } from '../testing/until.ts';
import { countError } from './count-error.ts';
import { expressMonitor } from './express.ts';
import { fastifyMonitor } from './fastify.ts';
import { honoMonitor } from './hono.ts';
import { monitorEndpoint } from './monitor-endpoint.ts';

const AWAY = 'http://127.0.0.1:9';

/** The lines of requests counted, without those of durations. */
function counted(client: Client): string[] {
  return client.metrics
    .exposition()
    .split('\n')
    .filter((line) => /^http_request(s|_errors)_total/.test(line))
    .sort();
}

/** What each of the applications below is asked, and what must be counted then. */
const ASKED = ['/users/1', '/users/2', '/broken', '/thrown', '/nowhere', '/nowhere/else'];
const COUNTED = [
  'http_request_errors_total{method="GET",route="/broken",tenant="acme"} 1',
  'http_request_errors_total{method="GET",route="/thrown",tenant="acme"} 1',
  'http_requests_total{method="GET",route="/broken",tenant="acme",status="503"} 1',
  'http_requests_total{method="GET",route="/thrown",tenant="acme",status="500"} 1',
  'http_requests_total{method="GET",route="/users/:id",tenant="acme",status="200"} 2',
  'http_requests_total{method="GET",route="none",tenant="acme",status="404"} 2',
];

async function askAll(url: string): Promise<void> {
  for (const path of ASKED) {
    const answer = await fetch(url + path, { headers: { 'X-Tenant': 'acme' } });
    await answer.text();
  }
}

async function listening(server: Server): Promise<string> {
  if (!server.listening) await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function fail(): never {
  throw new Error('broken');
}

/** An Express application on a free port. */
async function expressServer(app: express.Express): Promise<{ url: string } & Disposable> {
  const server = app.listen(0, '127.0.0.1');
  return { url: await listening(server), [Symbol.dispose]: () => server.close() };
}

test('Express: requests are counted by route and tenant', async () => {
  const client = testClient(AWAY);
  const app = express();
  app.set('env', 'test');
  app.use(expressMonitor({ tenant: (request: Request) => request.get('X-Tenant'), client }));
  const users = express.Router();
  users.get('/:id', (request, response) => {
    if (request.params.id === 'thrown') fail();
    response.send('a user');
  });
  app.use('/users', users);
  app.get('/broken', (_, response) => void response.sendStatus(503));
  app.get('/thrown', fail);
  using server = await expressServer(app);
  await askAll(server.url);
  await until('all are counted', () => counted(client).join().includes('404"} 2'));
  assert.deepEqual(counted(client), COUNTED);
  await (await fetch(`${server.url}/users/thrown`)).text();
  await until('a route of a router threw', () => counted(client).length === COUNTED.length + 2);
  assert.ok(counted(client).join().includes('{method="GET",route="/users/:id",tenant="",status="500"} 1'));
  assert.match(
    client.metrics.exposition(),
    /^http_request_duration_seconds_count\{method="GET",route="\/users\/:id",tenant="acme"\} 2$/m,
  );
});

test('Fastify: requests are counted by route and tenant, those of plugins too', async () => {
  const client = testClient(AWAY);
  await using app = fastify();
  const tenant = ({ headers }: FastifyRequest) => String(headers['x-tenant']);
  app.register(fastifyMonitor({ tenant, client }));
  app.register(async (scope) => {
    scope.get('/users/:id', async () => 'a user');
  });
  app.get('/broken', async (_, reply) => reply.code(503).send('no'));
  app.get('/thrown', async () => fail());
  await askAll(await app.listen({ port: 0, host: '127.0.0.1' }));
  await until('all are counted', () => counted(client).join().includes('404"} 2'));
  assert.deepEqual(counted(client), COUNTED);
});

test('Hono: requests are counted by route and tenant', async () => {
  const client = testClient(AWAY);
  const app = new Hono();
  app.onError((_, context) => context.text('broken', 500));
  app.use(honoMonitor({ tenant: (context: Context) => context.req.header('X-Tenant'), client }));
  const users = new Hono().get('/:id', (context) => context.text('a user'));
  app.route('/users', users);
  app.get('/broken', (context) => context.text('no', 503));
  app.get('/thrown', fail);
  for (const path of ASKED) await app.request(path, { headers: { 'X-Tenant': 'acme' } });
  assert.deepEqual(counted(client), COUNTED);
});

const ONE = [
  'http_request_errors_total{method="GET",route="/pay/:id",tenant="acme"} 2',
  'http_requests_total{method="GET",route="/pay/:id",tenant="acme",status="200"} 1',
  'http_requests_total{method="GET",route="/pay/:id",tenant="acme",status="500"} 1',
  'http_requests_total{method="GET",route="/pay/:id",tenant="acme",status="503"} 1',
];
const PAID = ['/pay/1', '/pay/503', '/pay/thrown', '/other'];

test('Express: one handler is counted, the others are not', async () => {
  const client = testClient(AWAY);
  const app = express();
  app.set('env', 'test');
  app.get(
    '/pay/:id',
    monitorEndpoint(
      { tenant: () => 'acme', client },
      async (request: Request, response: express.Response) => {
        if (request.params['id'] === 'thrown') fail();
        response.status(request.params['id'] === '503' ? 503 : 200).send('paid');
      },
    ),
  );
  app.get('/other', (_, response) => void response.send('other'));
  using server = await expressServer(app);
  for (const path of PAID) await (await fetch(server.url + path)).text();
  await until('all are counted', () => counted(client).length === ONE.length);
  assert.deepEqual(counted(client), ONE);
});

test('Fastify: one handler is counted, the others are not', async () => {
  const client = testClient(AWAY);
  await using app = fastify();
  app.get<{ Params: { id: string } }>(
    '/pay/:id',
    monitorEndpoint({ tenant: () => 'acme', client }, async (request, reply) => {
      if (request.params.id === 'thrown') fail();
      return reply.code(request.params.id === '503' ? 503 : 200).send('paid');
    }),
  );
  app.get('/other', async () => 'other');
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  for (const path of PAID) await (await fetch(url + path)).text();
  await until('all are counted', () => counted(client).length === ONE.length);
  assert.deepEqual(counted(client), ONE);
});

test('Hono: one handler is counted, the others are not', async () => {
  const client = testClient(AWAY);
  const app = new Hono();
  app.onError((_, context) => context.text('broken', 500));
  app.get(
    '/pay/:id',
    monitorEndpoint({ tenant: () => 'acme', client }, async (context: Context) => {
      if (context.req.param('id') === 'thrown') fail();
      return context.text('paid', context.req.param('id') === '503' ? 503 : 200);
    }),
  );
  app.get('/other', (context) => context.text('other'));
  for (const path of PAID) await app.request(path);
  assert.deepEqual(counted(client), ONE);
});

test('a check hears how it goes at once, and then now and then', async () => {
  await using server = await pingServer();
  const client = testClient(server.url);
  const app = new Hono();
  app.use(honoMonitor({ checkId: UUID, every: 0.05, errorShare: 0.5, client }));
  app.get('/well', (context) => context.text('well'));
  app.get('/broken', (context) => context.text('no', 500));
  await app.request('/well');
  await until('the check heard', () => server.pings().length === 1);
  for (let i = 0; i < 9; i++) await app.request('/broken');
  assert.equal(server.pings().length, 1);
  await until('the time is over', () => {
    void app.request('/broken');
    return server.pings().length === 2;
  });
  const [first, second] = server.pings();
  assert.match(first ?? '', /^requests 1\nerrors 0\nmean_seconds \d\.\d{6}$/);
  assert.match(second ?? '', /^\/fail requests (\d+)\nerrors \1\n/);
});

test('a check that is found by its name gets the interval as its period', async () => {
  await using server = await pingServer(({ path }) =>
    path.startsWith('/api/') ? { status: 200, body: { uuid: UUID, n_pings: 1 } } : undefined,
  );
  const app = new Hono();
  app.use(honoMonitor({ checkName: 'The API', every: 120, client: testClient(server.url) }));
  await app.request('/');
  await until('the check heard', () => server.pings().length === 1);
  assert.deepEqual(JSON.parse(server.asked[0]?.body ?? ''), {
    timeout: 120,
    grace: 240,
    name: 'The API',
    unique: ['name'],
  });
});

test('requests do not wait for a server that hangs', async () => {
  await using server = await pingServer(() => null);
  const app = new Hono();
  app.use(honoMonitor({ checkId: UUID, client: testClient(server.url) }));
  app.get('/', (context) => context.text('well'));
  const began = performance.now();
  await app.request('/');
  assert.ok(performance.now() - began < 500);
});

test('a thousand tenants are told apart, and strange methods are one', async () => {
  const client = testClient(AWAY);
  let tenant = 0;
  const app = new Hono();
  app.use(honoMonitor({ tenant: () => `t${tenant++}`, client }));
  app.all('/', (context) => context.text('well'));
  for (let i = 0; i < 1002; i++) await app.request('/', { method: 'BREW' });
  const lines = counted(client);
  assert.equal(lines.length, 1001);
  assert.ok(lines.includes('http_requests_total{method="other",route="/",tenant="other",status="200"} 2'));
});

test('a tenant that cannot be told harms no request', async () => {
  const client = testClient(AWAY);
  const app = new Hono();
  app.use(honoMonitor({ tenant: fail, client }));
  app.get('/', (context) => context.text('well'));
  assert.equal((await app.request('/')).status, 200);
  assert.deepEqual(counted(client), ['http_requests_total{method="GET",route="/",tenant="",status="200"} 1']);
  assert.match(client.said.join(), /the tenant of a request cannot be told: Error: broken/);
});

test('errors of the application are counted by kind and tenant', () => {
  const client = testClient(AWAY);
  countError('payment_declined', { client });
  countError('payment_declined', { tenant: 'acme', client });
  countError('payment_declined', { tenant: 'acme', client });
  assert.match(client.metrics.exposition(), /^app_errors_total\{kind="payment_declined",tenant="acme"\} 2$/m);
});
