import assert from 'node:assert/strict';
import { test } from 'node:test';
import { specOf } from './finder.ts';
import { asHealthchecks, pingServer } from './testing/ping-server.ts';
import { testClient, UUID } from './testing/test-client.ts';

const FOUND = { uuid: UUID, name: 'Backup', n_pings: 7, channels: '', tags: '', desc: '' };

test('a check is found by its name with one call, remembered, and left as it is', async () => {
  await using server = await pingServer(({ path }) =>
    path.startsWith('/api/') ? { status: 200, body: FOUND } : undefined,
  );
  const client = testClient(server.url);
  assert.deepEqual(await Promise.all([client.start('Backup'), client.success('Backup')]), [
    'delivered',
    'delivered',
  ]);
  assert.deepEqual(
    server.asked.map(({ path, body }) => `${path} ${body}`.trim()),
    ['/api/v1/checks/ {"name":"Backup","unique":["name"]}', `/ping/${UUID}/start`, `/ping/${UUID}`],
  );
});

test('a new check tells everybody, and has tags', async () => {
  await using server = await pingServer(({ path }) =>
    path.startsWith('/api/') ? { status: 201, body: { ...FOUND, n_pings: 0 } } : undefined,
  );
  const client = testClient(server.url);
  await client.success({ name: 'Backup', tags: 'nightly', desc: 'all', declared: { schedule: '0 2 * * *' } });
  assert.deepEqual(
    server.asked.map(({ path, body }) => `${path} ${body}`.trim()),
    [
      '/api/v1/checks/ {"schedule":"0 2 * * *","name":"Backup","unique":["name"]}',
      `/api/v1/checks/${UUID} {"channels":"*","tags":"nightly","desc":"all"}`,
      `/ping/${UUID}`,
    ],
  );
});

test('while the server is away reports by name wait too', async () => {
  let away = 3;
  await using server = await pingServer(({ path }) => {
    if (away-- > 0) return { status: 503 };
    return path.startsWith('/api/') ? { status: 200, body: FOUND } : undefined;
  });
  assert.equal(await testClient(server.url).success('Backup'), 'delivered');
});

test('a check that is gone is looked for once more', async () => {
  const ids = [UUID, UUID.replace('0', '1')];
  await using server = await pingServer(({ path }) => {
    if (path.startsWith('/api/')) return { status: 200, body: { ...FOUND, uuid: ids.shift() } };
    return path.includes(UUID) ? { status: 404 } : undefined;
  });
  assert.equal(await testClient(server.url).success('Backup'), 'delivered');
});

test('without an API key the name goes as a slug, with the ping key', async () => {
  await using server = await pingServer(asHealthchecks());
  const client = testClient(server.url, { apiKey: null, variables: { HEALTHCHECKS_PING_KEY: 'pk' } });
  assert.equal(await client.fail('Redis Cache/Broker'), 'delivered');
  assert.equal(server.asked[0]?.path, '/ping/pk/redis-cachebroker/fail?create=1');
});

test('a name without any key is refused with the reason', async () => {
  await using server = await pingServer();
  const client = testClient(server.url, { apiKey: null });
  assert.equal(await client.success('Backup'), 'refused');
  assert.match(client.said.join(), /the check "Backup" is not reported: .*HEALTHCHECKS_API_KEY/);
});

test('a project that may have no more checks is told so', async () => {
  await using server = await pingServer(() => ({ status: 403 }));
  const client = testClient(server.url);
  assert.equal(await client.success('Backup'), 'refused');
  assert.match(client.said.join(), /no more checks may be made/);
});

const SPECS: [Parameters<typeof specOf>[0], ReturnType<typeof specOf>][] = [
  [{}, {}],
  [{ timeout: 30 }, { timeout: 60, grace: 60 }],
  [{ timeout: 300 }, { timeout: 300, grace: 600 }],
  [
    { timeout: 300, grace: 30 },
    { timeout: 300, grace: 60 },
  ],
  [
    { schedule: '* * * * *', tz: 'UTC' },
    { schedule: '* * * * *', tz: 'UTC' },
  ],
  [
    { schedule: '* * * * *', timeout: 60, grace: 120 },
    { schedule: '* * * * *', grace: 120 },
  ],
];
for (const [declared, spec] of SPECS) {
  test(`${JSON.stringify(declared)} becomes ${JSON.stringify(spec)}`, () => {
    assert.deepEqual(specOf(declared, 2), spec);
  });
}
