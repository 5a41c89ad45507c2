import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fastify from 'fastify';
import { AppError } from '../../errors.ts';
import { healthchecksPlugin } from './plugin.ts';
import { healthchecksRoutes } from './routes.ts';
import { testApi } from './testing/test-api.ts';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';

/** A writer that refuses everything with this error. */
function refusing(error: Error) {
  return { writer: { run: () => Promise.reject(error) } };
}

describe('the routes of the API', () => {
  it('are open only where nobody has to be known', async () => {
    await using api = await testApi();
    const open = healthchecksRoutes(api.test.context)
      .filter(({ access }) => access === 'open')
      .map(({ url }) => url);
    // Redirects and addresses that mean nothing tell nothing.
    const redirects = healthchecksRoutes(api.test.context)
      .map(({ url }) => url)
      .filter((url) => url.endsWith('/'))
      .map((url) => url.slice(0, -1));
    const meant = open.filter((url) => !redirects.includes(url) && !url.endsWith('/*'));
    assert.deepEqual([...new Set(meant.map((url) => url.replace(/^\/api\/v\d/, '')))].sort(), [
      '/b/:states/:file',
      '/badge/:badgeKey/:file',
      '/badge/:badgeKey/:signature/:file',
      '/bounces/',
      '/notifications/:id/status',
      '/status/',
    ]);
  });

  it('need a key in each method, as their table says', async () => {
    await using api = await testApi();
    for (const { url, access, method } of healthchecksRoutes(api.test.context)) {
      if (access === 'open') continue;
      const path = url.replace(':id', UNKNOWN).replace(':n', '1').replace(':key', 'x'.repeat(32));
      for (const one of [method].flat()) {
        if (one === 'TRACE') continue;
        const { statusCode } = await api.app.inject({ method: one, url: path });
        const refused = one === 'OPTIONS' && statusCode === 204 ? true : [401, 403, 405].includes(statusCode);
        assert.ok(refused, `${one} ${path}: ${statusCode}`);
      }
    }
  });

  it('are kept by no cache in between, which knows nothing of keys', async () => {
    await using api = await testApi();
    const cached = async (url: string, headers: Record<string, string>) =>
      (await api.app.inject({ url, headers })).headers['cache-control'];
    assert.equal(await cached('/api/v3/checks/', api.write), 'no-store');
    assert.equal(await cached('/api/v3/checks/', {}), 'no-store');
    assert.equal(await cached('/api/v3/channels/', api.read), 'no-store');
  });

  it('leave the parsing of other routes alone', async () => {
    await using api = await testApi();
    const app = fastify();
    await app.register(healthchecksPlugin(healthchecksRoutes(api.test.context)));
    app.post('/other', async (request) => request.body);
    const answer = await app.inject({ method: 'POST', url: '/other', payload: { a: 1 } });
    assert.deepEqual(answer.json(), { a: 1 });
    await app.close();
  });

  it('may all live below a path', async () => {
    await using api = await testApi();
    const app = fastify();
    const plugin = healthchecksPlugin(healthchecksRoutes(api.test.context));
    await app.register(plugin, { prefix: '/health' });
    assert.equal((await app.inject({ url: '/health/api/v3/status/' })).body, 'OK');
    const { headers } = await app.inject({ url: '/health/api/v3/checks' });
    assert.equal(headers.location, '/health/api/v3/checks/');
    await app.close();
  });

  it('never redirect to another host', async () => {
    await using api = await testApi();
    const { headers } = await api.app.inject({ url: '/api/v3/checks?next=//evil.example' });
    assert.equal(headers.location, '/api/v3/checks/?next=//evil.example');
  });

  it('take a body of 1 MiB and no more', async () => {
    await using api = await testApi();
    const post = (length: number) =>
      api.app.inject({
        method: 'POST',
        url: '/api/v3/checks/',
        headers: api.write,
        payload: ' '.repeat(length),
      });
    const refused = await post(1_048_577);
    assert.equal(refused.statusCode, 413);
    assert.deepEqual(refused.json(), { error: 'request body is too large' });
    assert.equal((await post(1_048_576)).json().error, 'could not parse request body');
  });
});

describe('when the store refuses, the answer is', () => {
  const body = { name: 'x' };
  for (const [name, error, status, text] of [
    [
      '403 and nothing, at the limit of checks',
      new AppError('forbidden', 'the limit of 5 checks is reached'),
      403,
      '',
    ],
    ['409 and nothing, for a UUID that is taken', new AppError('conflict', 'this uuid is taken'), 409, ''],
    [
      '503, when nothing can be written',
      new AppError('unavailable', 'the store cannot write: full'),
      503,
      '{"error":"the store cannot write: full"}',
    ],
    [
      '500 without detail, for a fault of ours',
      new Error('secret detail'),
      500,
      '{"error":"internal error"}',
    ],
  ] as const) {
    it(name, async () => {
      await using api = await testApi(() => refusing(error));
      const answer = await api.app.inject({
        method: 'POST',
        url: '/api/v3/checks/',
        headers: api.write,
        payload: body,
      });
      assert.equal(answer.statusCode, status);
      assert.equal(answer.body, text);
      assert.equal(answer.headers['access-control-allow-origin'], '*');
    });
  }

  it('404, for a check that somebody deletes meanwhile', async () => {
    await using api = await testApi(({ writer }) => ({
      writer: {
        run: (name, input) =>
          name === 'checks.update'
            ? Promise.reject(new AppError('not_found', 'no such check'))
            : writer.run(name, input),
      },
    }));
    const made = await api.app.inject({ method: 'POST', url: '/api/v3/checks/', headers: api.write });
    const answer = await api.app.inject({
      method: 'POST',
      url: `/api/v3/checks/${made.json().uuid}`,
      headers: api.write,
      payload: body,
    });
    assert.equal(answer.statusCode, 404);
    assert.match(answer.body, /Not Found/);
  });

  it('500 from status, and nothing of why', async () => {
    await using api = await testApi();
    await api.test.store.close();
    const answer = await api.app.inject({ url: '/api/v3/status/' });
    assert.equal(answer.statusCode, 500);
    assert.equal(answer.body, 'the store does not answer');
  });
});

describe('reading goes on', () => {
  it('while the use of a key cannot be noted', async () => {
    await using api = await testApi(() => refusing(new AppError('unavailable', 'full')));
    const answer = await api.app.inject({ url: '/api/v3/checks/', headers: api.read });
    assert.equal(answer.body, '{"checks":[]}');
  });
});
