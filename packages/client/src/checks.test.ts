import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pingServer } from './testing/ping-server.ts';
import { testClient, UUID } from './testing/test-client.ts';

test('each call has its address, below the whole of the API address', async () => {
  await using server = await pingServer(() => ({ status: 200, body: { checks: [], pings: [], flips: [] } }));
  const { checks } = testClient(server.url);
  await checks.list();
  await checks.list({ tag: ['a b', 'c'], slug: 'x' });
  await checks.get(UUID);
  await checks.create({ name: 'n', timeout: 60 });
  await checks.update(UUID, { grace: 60 });
  await checks.delete(UUID);
  await checks.pause(UUID);
  await checks.resume(UUID);
  await checks.pings(UUID);
  await checks.flips(UUID);
  assert.deepEqual(
    server.asked.map(({ method, path, body }) => `${method} ${path} ${body}`.trim()),
    [
      'GET /api/v1/checks/',
      'GET /api/v1/checks/?tag=a+b&tag=c&slug=x',
      `GET /api/v1/checks/${UUID}`,
      'POST /api/v1/checks/ {"name":"n","timeout":60}',
      `POST /api/v1/checks/${UUID} {"grace":60}`,
      `DELETE /api/v1/checks/${UUID}`,
      `POST /api/v1/checks/${UUID}/pause {}`,
      `POST /api/v1/checks/${UUID}/resume {}`,
      `GET /api/v1/checks/${UUID}/pings/`,
      `GET /api/v1/checks/${UUID}/flips/`,
    ],
  );
  assert.ok(server.asked.every(({ headers }) => headers['x-api-key'] === 'k'.repeat(32)));
});

test('who may only look reads with the read key, and changes nothing', async () => {
  await using server = await pingServer(() => ({ status: 200, body: { checks: [] } }));
  const { checks } = testClient(server.url, {
    variables: { HEALTHCHECKS_READ_KEY: 'r'.repeat(32) },
    apiKey: null,
  });
  await checks.list();
  assert.equal(server.asked[0]?.headers['x-api-key'], 'r'.repeat(32));
  await assert.rejects(checks.pause(UUID), {
    name: 'ApiError',
    status: 401,
    message: /HEALTHCHECKS_API_KEY/,
  });
  assert.equal(server.asked.length, 1);
});

const FAILURES: [string, { status: number; body: unknown }, { status: number; message: RegExp }][] = [
  [
    'its own words',
    { status: 400, body: { error: 'name is too long' } },
    { status: 400, message: /^name is too long$/ },
  ],
  ['no words', { status: 403, body: '' }, { status: 403, message: /another project/ }],
  ['a page', { status: 404, body: '<html>' }, { status: 404, message: /there is no such check/ }],
  [
    'a page that is a success',
    { status: 200, body: '<html>' },
    { status: 200, message: /is that the address/ },
  ],
];
for (const [what, answer, error] of FAILURES) {
  test(`a refusal with ${what} rejects`, async () => {
    await using server = await pingServer(() => answer);
    await assert.rejects(testClient(server.url).checks.get(UUID), { name: 'ApiError', ...error });
  });
}

test('the key does not go where a server points to', async () => {
  await using elsewhere = await pingServer();
  await using server = await pingServer(() => ({ status: 302, headers: { Location: `${elsewhere.url}/x` } }));
  await assert.rejects(testClient(server.url).checks.list(), { status: 302, message: /the API is at http/ });
  assert.equal(elsewhere.asked.length, 0);
});

test('a check that is not paused is resumed already', async () => {
  await using server = await pingServer(({ method }) =>
    method === 'POST'
      ? { status: 409, body: 'check is not paused' }
      : { status: 200, body: { status: 'up' } },
  );
  assert.equal((await testClient(server.url).checks.resume(UUID)).status, 'up');
});

test('a server that is not there rejects with the reason', async () => {
  const gone = await pingServer();
  await gone[Symbol.asyncDispose]();
  await assert.rejects(testClient(gone.url).checks.list(), {
    name: 'Unreachable',
    message: /does not answer: .*ECONNREFUSED/,
  });
});
