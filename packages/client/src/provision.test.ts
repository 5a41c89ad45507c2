import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { ClientOptions } from './client.ts';
import { envFile } from './env-file.ts';
import { saasChecks } from './saas-checks.ts';
import { type Asked, asHealthchecks, asVigie, pingServer } from './testing/ping-server.ts';
import { testClient, UUID } from './testing/test-client.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-provision-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, '.env.healthchecks');
const GIVEN = UUID.replace('0', '1');
const OPTIONS: ClientOptions = { autoProvision: true, definitions: saasChecks, envFile: envFile(path) };

/** A server that knows no check until one is made, with the UUID that `give` says. */
function empty(give: (wanted: string | undefined) => string) {
  const made = new Set<string>();
  return ({ path: address, body }: Asked) => {
    if (address.startsWith('/api/')) {
      const uuid = give((JSON.parse(body) as { uuid?: string }).uuid);
      made.add(uuid);
      return { status: 201, body: { uuid, name: 'n' } };
    }
    return { status: made.has(address.split('/')[2] ?? '') ? 200 : 404 };
  };
}

test('Vigie makes the missing check with its own UUID, once, and the file stays', async () => {
  writeFileSync(path, `HC_CHECK_API=${UUID}\n`);
  await using server = await pingServer(asVigie(empty((wanted) => wanted ?? GIVEN)));
  const client = testClient(server.url, OPTIONS);
  assert.deepEqual(await Promise.all([client.success(UUID), client.success(UUID)]), [
    'delivered',
    'delivered',
  ]);
  const making = server.asked.filter(({ path: address }) => address.startsWith('/api/v1/'));
  assert.deepEqual(
    making.map(({ body }) => JSON.parse(body)),
    [
      {
        timeout: 60,
        grace: 180,
        name: 'Flask API',
        tags: 'api application tier1',
        desc: 'Main Flask API endpoints',
        channels: '*',
        uuid: UUID,
      },
    ],
  );
  assert.equal(readFileSync(path, 'utf8'), `HC_CHECK_API=${UUID}\n`);
});

test('where the server gives another UUID the pings go there, and the file is told', async () => {
  writeFileSync(path, `# ids\nHC_CHECK_API=${UUID}  # the API\nOTHER=1\n`);
  await using server = await pingServer(asHealthchecks(empty(() => GIVEN)));
  const client = testClient(server.url, OPTIONS);
  assert.equal(await client.success(UUID), 'delivered');
  assert.equal(await client.fail(UUID), 'delivered');
  assert.equal(readFileSync(path, 'utf8'), `# ids\nHC_CHECK_API=${GIVEN}  # the API\nOTHER=1\n`);
  const body = JSON.parse(
    server.asked.find(({ path: address }) => address === '/api/v1/checks/')?.body ?? '',
  );
  assert.deepEqual([body.unique, body.uuid], [['name'], undefined]);
  assert.deepEqual(
    server.asked
      .filter(({ path: address }) => address.startsWith('/ping/'))
      .map(({ path: address }) => address),
    [`/ping/${UUID}`, `/ping/${GIVEN}`, `/ping/${GIVEN}/fail`],
  );
});

test('a UUID that only the environment knows gives its variable as name', async () => {
  await using server = await pingServer(asVigie(empty((wanted) => wanted ?? GIVEN)));
  const { envFile: _, ...options } = OPTIONS;
  const client = testClient(server.url, { ...options, variables: { MY_JOB_UUID: UUID } });
  assert.equal(await client.success(UUID), 'delivered');
  assert.match(server.asked.map(({ body }) => body).join(), /"name":"MY_JOB_UUID"/);
});

test('a file that cannot be read stops nothing', async () => {
  await using server = await pingServer(asVigie(empty((wanted) => wanted ?? GIVEN)));
  const client = testClient(server.url, { ...OPTIONS, envFile: envFile(join(folder, 'none')) });
  assert.equal(await client.success(UUID), 'delivered');
  assert.match(client.said.join('\n'), /the file of UUIDs cannot be read: ENOENT/);
});

for (const [why, options] of [
  ['it is switched off', { autoProvision: false }],
  ['there is no API key', { apiKey: null }],
] as const) {
  test(`nothing is made where ${why}`, async () => {
    await using server = await pingServer(asVigie(empty((wanted) => wanted ?? GIVEN)));
    const client = testClient(server.url, { ...OPTIONS, ...options });
    assert.equal(await client.success(UUID), 'refused');
    assert.match(client.said.join(), /the server knows no such check/);
    assert.equal(server.asked.length, 1);
  });
}

test('a check that stays unknown is not made again and again', async () => {
  await using server = await pingServer(
    asVigie(({ path: address }) =>
      address.startsWith('/api/') ? { status: 201, body: { uuid: UUID, name: 'n' } } : { status: 404 },
    ),
  );
  const client = testClient(server.url, OPTIONS);
  assert.equal(await client.success(UUID), 'refused');
  assert.equal(await client.success(UUID), 'refused');
  assert.equal(server.asked.filter(({ path: address }) => address === '/api/v1/checks/').length, 1);
});

test('a server that will not make a check is not asked again at each ping', async () => {
  await using server = await pingServer(
    asVigie(({ path: address }) => ({ status: address.startsWith('/api/') ? 409 : 404 })),
  );
  const client = testClient(server.url, OPTIONS);
  assert.equal(await client.success(UUID), 'refused');
  assert.equal(await client.success(UUID), 'refused');
  assert.equal(server.asked.filter(({ path: address }) => address === '/api/v1/checks/').length, 1);
  assert.match(client.said.join('\n'), /is not reported: the server answered 409/);
});
