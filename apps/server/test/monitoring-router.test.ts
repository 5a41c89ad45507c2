/** `@vigie/client/monitoring` in applications of three frameworks, before a real server. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { createClient } from '@vigie/client';
import { type MonitoringRole, monitoringRouter, monitoringRoutes } from '@vigie/client/monitoring';
import express, { type Request as ExpressRequest } from 'express';
import fastify, { type FastifyRequest } from 'fastify';
import { type Context, Hono } from 'hono';
import { monitoringRoutes as servedRoutes } from '../src/api/monitoring/routes.ts';
import type { RestAccess } from '../src/api/rest/define.ts';
import { KEYS, spawnApiServer } from './support/api-server.ts';
import { tempFolder } from './support/temp-folder.ts';

const folder = tempFolder('monitoring-router');
const server = await spawnApiServer({ dataDir: join(folder.path, 'data') });
const client = createClient({ url: server.url, apiKey: KEYS.write, variables: {} });
const { id } = await server.call<{ id: string }>('POST', '/api/vigie/services', {
  name: 'Vigie itself',
  slug: 'vigie',
  kind: 'tcp',
  settings: { host: '127.0.0.1', port: server.port },
});
after(async () => {
  await server.end('SIGTERM');
  folder[Symbol.dispose]();
});

test('the routes are those of the server, with the same roles', () => {
  const roles: Partial<Record<RestAccess, MonitoringRole | null>> = {
    open: null,
    'project.read': 'user',
    'monitoring.admin': 'admin',
  };
  assert.deepEqual(
    monitoringRoutes.map(({ method, path, role }) => ({ method, path: `/api/monitoring${path}`, role })),
    servedRoutes.map(({ method, path, access }) => ({ method, path, role: roles[access] })),
  );
});

type Caller = 'anybody' | MonitoringRole;

/** An administrator may what a user may. */
function may(caller: string | string[] | undefined, role: MonitoringRole): boolean {
  return caller === 'admin' || caller === role;
}

/** Where the application's monitoring API is, and how it is ended. */
interface Application extends AsyncDisposable {
  url: string;
}

async function listening(listener: RequestListener, path: string): Promise<Application> {
  const http = createServer(listener).listen(0, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}${path}`,
    async [Symbol.asyncDispose]() {
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
    },
  };
}

async function expressApplication(): Promise<Application> {
  const authorize = async (request: ExpressRequest, role: MonitoringRole) =>
    may(request.get('X-Caller'), role);
  const app = express();
  app.use(express.json());
  app.use('/api/monitoring', monitoringRouter({ client, authorize }).express);
  app.use((_request, response) => void response.send('another page'));
  return listening(app, '/api/monitoring');
}

async function expressBelowRouters(): Promise<Application> {
  const authorize = (request: ExpressRequest, role: MonitoringRole) => may(request.get('X-Caller'), role);
  const inner = express.Router().use('/monitoring', monitoringRouter({ client, authorize }).express);
  return listening(express().use('/:tenant/api', inner), '/acme%2Fa/api/monitoring');
}

async function fastifyApplication(): Promise<Application> {
  const authorize = async (request: FastifyRequest, role: MonitoringRole) =>
    may(request.headers['x-caller'], role);
  const app = fastify();
  app.register(monitoringRouter({ client, authorize }).fastify, { prefix: '/api/monitoring' });
  app.setNotFoundHandler((_request, reply) => reply.code(200).send('another page'));
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return { url: `${url}/api/monitoring`, [Symbol.asyncDispose]: async () => app.close() };
}

async function fastifyBelowPrefixes(): Promise<Application> {
  const authorize = (request: FastifyRequest, role: MonitoringRole) => may(request.headers['x-caller'], role);
  const app = fastify();
  app.register(
    async (scope) => {
      scope.register(monitoringRouter({ client, authorize }).fastify, { prefix: '/monitoring' });
    },
    { prefix: '/:tenant/api' },
  );
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return { url: `${url}/acme%2Fa/api/monitoring`, [Symbol.asyncDispose]: async () => app.close() };
}

/** Hono brings no server: requests of Node are handed to it. */
function honoListener(app: Hono): RequestListener {
  return async (request, response) => {
    const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [
      name,
      `${value}`,
    ]);
    const method = request.method ?? 'GET';
    const body = method === 'POST' ? await textOf(request) : null;
    const answer = await app.request(request.url ?? '/', { method, headers, body });
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}

async function honoApplication(): Promise<Application> {
  const authorize = async (context: Context, role: MonitoringRole) =>
    may(context.req.header('X-Caller'), role);
  const app = new Hono();
  app.use('*', async (_context, next) => next());
  app.use('/api/monitoring/*', monitoringRouter({ client, authorize }).hono);
  app.all('*', (context) => context.text('another page'));
  return listening(honoListener(app), '/api/monitoring');
}

async function honoBelowRoutes(): Promise<Application> {
  const authorize = (context: Context, role: MonitoringRole) => may(context.req.header('X-Caller'), role);
  const inner = new Hono().all('/monitoring/*', monitoringRouter({ client, authorize }).hono);
  const app = new Hono().route('/:tenant/api', inner);
  return listening(honoListener(app), '/acme%2Fa/api/monitoring');
}

const APPLICATIONS = {
  Express: expressApplication,
  'Express, below routers': expressBelowRouters,
  Fastify: fastifyApplication,
  'Fastify, below prefixes': fastifyBelowPrefixes,
  Hono: honoApplication,
  'Hono, below routes': honoBelowRoutes,
};

async function ask(
  { url }: Application,
  caller: Caller,
  method: string,
  path: string,
  init: RequestInit = {},
) {
  const headers = { 'X-Caller': caller, ...init.headers };
  const response = await fetch(url + path, { ...init, method, headers });
  const text = await response.text();
  const type = response.headers.get('Content-Type');
  return { status: response.status, type, text, body: text === '' ? null : JSON.parse(text) };
}

/** Whoever may, and what the answer has then. */
const ANSWERED: [method: string, path: string, allowed: Caller[], key: string][] = [
  ['GET', '/health', ['anybody', 'user', 'admin'], 'timestamp'],
  ['GET', '/status', ['admin'], 'summary'],
  ['GET', '/check/vigie', ['user', 'admin'], 'response_time_ms'],
  ['GET', '/check/Vigie%20itself', ['user', 'admin'], 'response_time_ms'],
  ['GET', '/check/%61ll', ['admin'], 'overall_status'],
  ['GET', '/check/all', ['admin'], 'overall_status'],
  ['GET', '/checks', ['admin'], 'total'],
  ['POST', `/checks/${id}/pause`, ['admin'], 'success'],
  ['POST', `/checks/${id}/resume`, ['admin'], 'success'],
  ['GET', '/dashboard', ['user', 'admin'], 'health_percentage'],
];

for (const [name, start] of Object.entries(APPLICATIONS)) {
  describe(name, () => {
    test('every route answers whoever may ask it', async () => {
      await using app = await start();
      for (const [method, path, allowed, key] of ANSWERED) {
        for (const caller of ['anybody', 'user', 'admin'] as const) {
          const { status, type, body } = await ask(app, caller, method, path);
          const about = `${caller} ${method} ${path}`;
          assert.equal(type, 'application/json; charset=utf-8', about);
          assert.equal(status, allowed.includes(caller) ? 200 : 403, about);
          assert.ok((status === 200 ? key : 'error') in body, about);
        }
      }
    });

    test('what the server says is said on, and pausing pauses', async () => {
      await using app = await start();
      const unknown = await ask(app, 'user', 'GET', '/check/kafka');
      assert.equal(unknown.status, 404);
      assert.match(unknown.body.error.message, /there are vigie$/);
      assert.equal((await ask(app, 'admin', 'POST', '/checks/nothing/pause')).status, 404);
      const paused = await ask(app, 'admin', 'POST', `/checks/${id}/pause`);
      assert.equal(paused.body.check.status, 'paused');
      assert.equal((await server.check(id)).status, 'paused');
      await ask(app, 'admin', 'POST', `/checks/${id}/resume`);
      assert.notEqual((await server.check(id)).status, 'paused');
    });

    test('unknown routes are 404 and nobody else answers', async () => {
      await using app = await start();
      for (const path of [
        '/nothing',
        '/check/',
        '/health/',
        '/check/%zz',
        '/checks/a%2F..%2F..%2Fb',
        '/a/b/c/d',
      ]) {
        const { status } = await askRaw(app.url + path);
        assert.ok(status === 404 || (path.includes('%zz') && status === 400), `${path}: ${status}`);
      }
      assert.equal((await ask(app, 'admin', 'GET', `/checks/${id}/pause`)).status, 404);
      assert.equal((await ask(app, 'admin', 'DELETE', '/checks')).status, 404);
    });

    test('queries, bodies and heads harm nothing', async () => {
      await using app = await start();
      assert.equal((await ask(app, 'user', 'GET', '/dashboard?project=other&unknown=1')).status, 200);
      for (const type of ['application/json', 'text/csv', 'application/x-www-form-urlencoded']) {
        const init = { headers: { 'Content-Type': type }, body: '{"project": "other"}' };
        assert.equal((await ask(app, 'admin', 'POST', `/checks/${id}/resume`, init)).status, 200, type);
      }
      const head = await ask(app, 'anybody', 'HEAD', '/health');
      assert.deepEqual([head.status, head.text], [200, '']);
      assert.equal((await ask(app, 'user', 'HEAD', '/checks')).status, 403);
    });
  });
}

async function askRaw(url: string) {
  const response = await fetch(url, { headers: { 'X-Caller': 'admin' } });
  await response.text();
  return { status: response.status };
}

test('a key that the server does not know is no word about the caller', async () => {
  const wrong = createClient({
    url: server.url,
    apiKey: 'hcw_nobody',
    variables: {},
    log: { warn: () => undefined },
  });
  const app = new Hono().use('/m/*', monitoringRouter({ client: wrong, authorize: () => true }).hono);
  assert.equal((await app.request('/m/health')).status, 200);
  const answer = await app.request('/m/dashboard');
  assert.equal(answer.status, 503);
  assert.match(await answer.text(), /"unavailable"/);
});
