import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import { afterEach, describe, it, test } from 'node:test';
import { type Caller, type RestServer, restServer } from '../../testing/rest-server.ts';
import { percentage } from './dashboard.ts';
import { type ServiceReport, summed } from './run-services.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function openPort(): Promise<number> {
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function addService(t: RestServer, name: string, port: number, own: object = {}): Promise<string> {
  const body = { name, slug: name, kind: 'tcp', settings: { host: '127.0.0.1', port }, timeout: 2, ...own };
  const made = await t.call<{ id: string }>('write', 'POST', '/services', body);
  assert.equal(made.status, 201, made.text);
  return made.body.id;
}

/** The same without a look at the shape: a report may come with status 503. */
async function get(t: RestServer, caller: Caller, path: string) {
  const response = await t.app.inject({ url: `/api/monitoring${path}`, headers: t.headersOf(caller) });
  return { status: response.statusCode, body: JSON.parse(response.body) };
}

/** A port on which nothing listens: it was ours a moment ago. */
async function closedPort(): Promise<number> {
  const port = await openPort();
  await new Promise((resolve) => servers.pop()?.close(resolve));
  return port;
}

test('who may call what', async () => {
  await using t = await restServer();
  const id = await addService(t, 'redis', await openPort());
  const admins: Caller[] = ['alice', 'mary', 'write', 'admin'];
  const users: Caller[] = [...admins, 'bob', 'rita', 'read'];
  const everybody: Caller[] = [...users, 'charlie', 'nobody'];
  const routes: [path: string, allowed: Caller[]][] = [
    ['/health', everybody],
    ['/status', admins],
    ['/check/redis', users],
    ['/check/all', admins],
    ['/checks', admins],
    ['/dashboard', users],
  ];
  for (const [path, allowed] of routes) {
    for (const caller of everybody) {
      const query = path === '/health' ? '' : `?project=${t.project.code}`;
      const { status } = await get(t, caller, path + query);
      assert.equal(status === 200, allowed.includes(caller), `${caller} ${path}: ${status}`);
    }
  }
  for (const caller of everybody) {
    const { status } = await t.call(caller, 'POST', `/api/monitoring/checks/${id}/pause`);
    assert.equal(status === 200, admins.includes(caller), `${caller} pause: ${status}`);
  }
});

test('one service is looked at now, by any of its names', async () => {
  await using t = await restServer();
  const id = await addService(t, 'cache', await openPort(), { name: 'Redis Cache' });
  for (const name of [id, 'cache', 'redis%20cache', 'tcp']) {
    const { status, body } = await get(t, 'read', `/check/${name}`);
    assert.deepEqual([status, body.status], [200, 'healthy'], name);
    assert.equal(typeof body.response_time_ms, 'number');
  }
  const unknown = await get(t, 'read', '/check/kafka');
  assert.equal(unknown.status, 404);
  assert.match(unknown.body.error.message, /there are cache$/);
});

test('the report on all is degraded with most of them well, critical with half, and leaves out what is paused', async () => {
  await using t = await restServer();
  await addService(t, 'one', await openPort());
  await addService(t, 'two', await openPort());
  const third = await addService(t, 'three', await closedPort());
  const degraded = await get(t, 'write', '/check/all');
  assert.deepEqual(
    [
      degraded.status,
      degraded.body.overall_status,
      degraded.body.healthy_services,
      degraded.body.total_services,
    ],
    [200, 'degraded', 2, 3],
  );
  assert.match(degraded.body.errors[0], /^three: connect ECONNREFUSED/);
  assert.equal(degraded.body.services.three.reason, 'refused');
  await t.call('write', 'POST', `/api/monitoring/checks/${third}/pause`);
  const { body } = await get(t, 'write', '/check/all');
  assert.deepEqual(
    [body.overall_status, body.total_services, body.services.three.status],
    ['healthy', 2, 'disabled'],
  );
});

test('services of the same name, and of any name, are all told of', async () => {
  await using t = await restServer();
  const [open, closed] = [await openPort(), await closedPort()];
  await addService(t, 'API', closed, { slug: '' });
  await addService(t, 'API', open, { slug: '' });
  await addService(t, '__proto__', open, { slug: '' });
  const { body } = await get(t, 'write', '/check/all');
  assert.deepEqual([body.total_services, body.healthy_services, body.errors.length], [3, 2, 1]);
  assert.equal((await get(t, 'write', '/status')).body.services.length, 3);
});

test('of very many services each is found by its name, and the last runs of the last count', async () => {
  await using t = await restServer();
  const port = await closedPort();
  const most = 500;
  for (let i = 0; i < most; i++) await addService(t, `s${i}`, port);
  const last = await addService(t, 'the-last', await openPort());
  assert.equal((await get(t, 'write', '/status')).body.services.length, most + 1);
  const before = await get(t, 'write', '/check/all');
  assert.deepEqual([before.body.total_services, before.body.healthy_services], [most + 1, 0]);
  assert.equal(before.body.services['the-last'].error, 'it has not been looked at yet');
  for (const name of ['the-last', last]) assert.equal((await get(t, 'read', `/check/${name}`)).status, 200);
  assert.equal((await get(t, 'write', '/check/all')).body.healthy_services, 1);
});

test('a critical limit that is passed is a reason too', async () => {
  await using t = await restServer();
  const thresholds = [{ metric: 'probe_duration_seconds', op: '>=', critical: 0 }];
  await addService(t, 'slow', await openPort(), { thresholds });
  const { status, body } = await get(t, 'write', '/check/slow');
  assert.deepEqual([status, body.status, body.reason], [503, 'unhealthy', 'threshold']);
});

describe('the overall status', () => {
  const cases: [statuses: ServiceReport['status'][], overall: string][] = [
    [[], 'healthy'],
    [['healthy', 'disabled'], 'healthy'],
    [['healthy', 'degraded'], 'healthy'],
    [['healthy', 'healthy', 'unhealthy'], 'degraded'],
    [['healthy', 'unhealthy'], 'critical'],
    [['unhealthy'], 'critical'],
  ];
  for (const [statuses, overall] of cases) {
    it(`${statuses.join(', ') || 'of nothing'} is ${overall}`, () => {
      const services = Object.fromEntries(statuses.map((status, i) => [`s${i}`, { status }]));
      assert.equal(summed(services, 0).overall_status, overall);
    });
  }
});

test('the health percentage has one decimal and counts no paused check', () => {
  assert.deepEqual([percentage(13, 14), percentage(0, 3), percentage(0, 0)], [92.9, 0, 100]);
});

test('the dashboard counts checks and tells the figures of each', async () => {
  await using t = await restServer();
  const add = async (name: string, tags: string[]): Promise<string> => {
    const { body } = await t.call<{ id: string }>('write', 'POST', '/checks', {
      name,
      tags,
      timeout: 60,
      grace: 60,
    });
    return body.id;
  };
  const [good, bad] = [await add('Good', ['tier2']), await add('Bad', ['tier1'])];
  const paused = await add('Paused', []);
  await t.call('write', 'POST', `/checks/${paused}/pause`);
  const report = (code: string, action: 'success' | 'fail') =>
    t.writer.run('checks.ping', pingOf(code, action, t.clock.now()));
  await report(good, 'success');
  await report(good, 'success');
  await report(bad, 'success');
  await report(bad, 'fail');
  await t.clock.advance(30_000);
  const { body } = await get(t, 'rita', `/dashboard?project=${t.project.code}`);
  assert.deepEqual(
    [body.health_percentage, body.summary],
    [50, { total_checks: 3, healthy: 1, down: 1, paused: 1, new: 0 }],
  );
  assert.deepEqual(
    body.recent_failures.map(({ name, status }: Record<string, string>) => [name, status]),
    [['Bad', 'down']],
  );
  assert.deepEqual(
    body.services.map((row: Record<string, unknown>) => [
      row['service_name'],
      row['seconds_since_ping'],
      row['success_rate_7d'],
      row['error_count_24h'],
    ]),
    [
      ['Bad', 30, 50, 1],
      ['Good', 30, 100, 0],
      ['Paused', null, null, 0],
    ],
  );
});

function pingOf(code: string, action: 'success' | 'fail', at: number) {
  return {
    target: { code },
    action,
    exitstatus: null,
    fault: null,
    scheme: 'http',
    remoteAddr: '',
    method: 'GET',
    userAgent: '',
    rid: null,
    body: null,
    logLimit: 100,
    mail: null,
    at,
    receivedAt: at,
  };
}
