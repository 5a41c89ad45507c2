/** `vigie ensure` and `vigie setup`: the checks of an env file, on servers that do not have them yet. */
import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readEnvFile } from '@vigie/client/env-file';
import { saasChecks } from '@vigie/client/saas-checks';
import type { Check, CheckPage, Project } from '@vigie/contract';
import { type TestServer, testServer } from './support/server.ts';
import { tempFolder } from './support/temp-folder.ts';
import { runVigie, type Said } from './support/vigie-command.ts';

const EXAMPLE = fileURLToPath(
  new URL('../../../examples/healthchecks-env/checks.env.healthchecks', import.meta.url),
);
const ADMIN = 'an-admin-token-for-tests-only';

const folder = tempFolder('ensure');
after(() => folder[Symbol.dispose]());
let files = 0;

/** A copy of the example, or a file with that text. */
function envFile(text?: string): string {
  const file = join(folder.path, `env-${files++}`);
  if (text === undefined) copyFileSync(EXAMPLE, file);
  else writeFileSync(file, text);
  // Copies keep the mode of the example, which may be read-only.
  chmodSync(file, 0o640);
  return file;
}

function vigie(
  server: TestServer,
  words: readonly string[],
  env: Record<string, string> = {},
): Promise<Said> {
  return runVigie(words, {
    env: { VIGIE_URL: server.url, VIGIE_API_KEY: server.keys.write, ...env },
    cwd: folder.path,
  });
}

async function ensure(server: TestServer, file: string, ...words: string[]): Promise<string> {
  const { out, error, code } = await vigie(server, ['ensure', '--env-file', file, '--text', ...words]);
  assert.deepEqual([code, error], [0, '']);
  return out.trim();
}

async function api<T>(
  server: TestServer,
  method: string,
  path: string,
  body?: object,
  token?: string,
): Promise<T> {
  const response = await fetch(`${server.url}/api/vigie${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${token ?? server.keys.write}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  assert.ok(response.ok, await response.clone().text());
  return (await response.json()) as T;
}

async function checksOf(server: TestServer): Promise<Check[]> {
  return (await api<CheckPage>(server, 'GET', '/checks?limit=500&sort=name')).items;
}

test('fourteen checks with exactly the UUIDs of the file, on one server and on another; pings answer 200', async () => {
  const file = envFile();
  const wanted = await readEnvFile(EXAMPLE);
  await using first = await testServer();
  assert.match(await ensure(first, file), /\n14 checks: 14 made\n.* is unchanged$/);
  const made = await checksOf(first);
  assert.deepEqual(made.map(({ id }) => id).sort(), [...wanted.values()].sort());
  for (const { variable, name, tags, desc, grace, ...rest } of saasChecks) {
    const check = made.find(({ id }) => id === wanted.get(variable));
    const own = { name, tags: tags.split(' '), description: desc, grace };
    assert.deepEqual({ ...check, ...own, ...rest }, check, variable);
  }
  for (const id of wanted.values()) assert.equal((await fetch(`${first.url}/ping/${id}`)).status, 200);

  const before = await checksOf(first);
  assert.match(await ensure(first, file), /\n14 checks: nothing had to change\n.* is unchanged$/);
  assert.deepEqual(await checksOf(first), before);
  assert.equal(readFileSync(file, 'utf8'), readFileSync(EXAMPLE, 'utf8'));

  await using second = await testServer();
  await ensure(second, file);
  assert.deepEqual((await checksOf(second)).map(({ id }) => id).sort(), [...wanted.values()].sort());
});

test('what was changed by hand is mended; --force-recreate writes channels too; the past stays', async () => {
  const file = envFile();
  await using server = await testServer();
  await ensure(server, file);
  const id = (await readEnvFile(file)).get('HC_CHECK_KAFKA') ?? '';
  await fetch(`${server.url}/ping/${id}`);
  await api(server, 'PATCH', `/checks/${id}`, { name: 'Renamed', grace: 999 });
  assert.match(await ensure(server, file), /HC_CHECK_KAFKA +\S+ +Kafka Broker +mended: name, grace\n/);
  await api(server, 'POST', '/channels', {
    kind: 'webhook',
    name: 'hook',
    settings: { url_down: 'https://hook.example/' },
  });
  assert.match(await ensure(server, file), /nothing had to change/);
  assert.match(await ensure(server, file, '--force-recreate'), /14 checks: 14 mended/);
  const check = await api<Check>(server, 'GET', `/checks/${id}`);
  assert.deepEqual(
    [check.name, check.grace, check.channels.length, check.n_pings],
    ['Kafka Broker', 300, 1, 1],
  );
});

test('a UUID that the server does not take is replaced, in the check and in the file, and nothing else there', async () => {
  const [taken, free] = ['0cab08fe-03f4-48c2-a927-90493fa0b2f2', '229acece-8847-4ed7-97f4-94c720651ed3'];
  const text = `# Ours\r\nPATH_TO=/x # keep\r\nexport HC_CHECK_API="${taken}" # the API\r\n\r\nHC_CHECK_CELERY_BEAT=${free}\r\nHC_CHECK_REDIS=\r\nlast='line'`;
  const file = envFile(text);
  await using server = await testServer();
  const other = await api<Project>(server, 'POST', '/projects', { name: 'Other' }, ADMIN);
  await api(server, 'POST', `/checks?project=${other.id}`, { id: taken }, ADMIN);
  const said = await ensure(server, file);
  assert.match(said, /HC_CHECK_API +\S+ +Flask API +has another UUID now\n/);
  assert.match(said, /\S+ has new values of HC_CHECK_API, HC_CHECK_REDIS: give the file/);
  const ids = await readEnvFile(file);
  const api2 = ids.get('HC_CHECK_API') ?? '';
  assert.notEqual(api2, taken);
  assert.equal(
    readFileSync(file, 'utf8'),
    text.replace(`"${taken}"`, api2).replace('REDIS=', `REDIS=${ids.get('HC_CHECK_REDIS')}`),
  );
  assert.equal(statSync(file).mode & 0o777, 0o640);
  for (const id of [api2, free, ids.get('HC_CHECK_REDIS')]) {
    assert.equal((await fetch(`${server.url}/ping/${id}`)).status, 200);
  }
  assert.match(await ensure(server, file), /3 checks: nothing had to change/);

  // The file was not written, as after a crash: the check that was made then is found again by its name.
  writeFileSync(file, text);
  await ensure(server, file);
  assert.equal((await readEnvFile(file)).get('HC_CHECK_API'), api2);
  assert.equal((await checksOf(server)).length, 3);
});

test('checks of the same name are told, and left alone', async () => {
  const file = envFile();
  await using server = await testServer();
  const double = await api<Check>(server, 'POST', '/checks', { name: 'Flask API' });
  const said = await ensure(server, file);
  assert.match(said, new RegExp(`duplicate: ${double.id} has the name of 0cab08fe-\\S+, Flask API`));
  assert.equal((await checksOf(server)).length, 15);
});

test('variables with whole titles mean the same checks; unknown ones keep their settings', async () => {
  const id = '11111111-2222-4333-8444-555555555555';
  const file = envFile(
    `HC_CHECK_REDIS_CACHE_BROKER=${id}\nHC_CHECK_NIGHTLY_EXPORT=${id.replace('1', '2').toUpperCase()}\n`,
  );
  await using server = await testServer();
  assert.match(
    await ensure(server, file),
    /HC_CHECK_NIGHTLY_EXPORT is none of the known checks: Nightly Export keeps/,
  );
  const lower = id.replace('1', '2');
  assert.equal((await readEnvFile(file)).get('HC_CHECK_NIGHTLY_EXPORT'), lower);
  assert.deepEqual(
    (await checksOf(server)).map((check) => [check.name, check.timeout]),
    [
      ['Nightly Export', 86_400],
      ['Redis Cache/Broker', 30],
    ],
  );
  await api(server, 'PATCH', `/checks/${lower}`, { name: 'Ours', timeout: 600 });
  assert.match(await ensure(server, file), /nothing had to change/);
});

test('the file says where the server is where nothing else does; the answer is JSON for a program', async () => {
  await using server = await testServer();
  const file = envFile(
    `HEALTHCHECKS_API_URL=${server.url}/api/v1\nHEALTHCHECKS_API_KEY=${server.keys.write}\nHC_CHECK_API=\n`,
  );
  const { out, code } = await runVigie(['ensure', '--env-file', file]);
  assert.equal(code, 0);
  const { checks, rewritten, duplicates } = JSON.parse(out) as Record<string, { result: string }[]>;
  assert.deepEqual(
    [checks?.map(({ result }) => result), rewritten, duplicates],
    [['made'], ['HC_CHECK_API'], []],
  );
});

test('setup makes the fourteen checks and the file; a second one finds them', async () => {
  await using server = await testServer();
  const file = join(folder.path, 'made');
  const setup = () => vigie(server, ['setup', file, '--text']);
  const first = await setup();
  assert.equal(first.error, '');
  assert.match(first.out, /14 checks: 14 made\n/);
  const text = readFileSync(file, 'utf8');
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.deepEqual(
    [...(await readEnvFile(file)).keys()],
    saasChecks.map(({ variable }) => variable),
  );
  assert.match((await setup()).out, /14 checks: nothing had to change\n/);
  assert.match(await ensure(server, file), /14 checks: nothing had to change\n/);
  assert.equal(readFileSync(file, 'utf8'), text);

  writeFileSync(file, '# lost\n');
  assert.match((await setup()).out, /14 checks: 14 there already\n/);
  assert.equal(readFileSync(file, 'utf8'), `# lost\n${text}`);
});

const REFUSED: [string, string, RegExp][] = [
  ['a value that is no UUID', 'X=1\nHC_CHECK_API=abc\n', /:2: HC_CHECK_API is no UUID: "abc"/],
  [
    'a UUID of two variables',
    'HC_CHECK_API=0cab08fe-03f4-48c2-a927-90493fa0b2f2\nHC_CHECK_REDIS=0CAB08FE-03f4-48c2-a927-90493fa0b2f2\n',
    /:2: HC_CHECK_REDIS has the UUID of HC_CHECK_API/,
  ],
  [
    'a variable that comes twice',
    'HC_CHECK_API=\nHC_CHECK_API=\n',
    /:2: HC_CHECK_API stands in line 1 already/,
  ],
  ['a file without checks', 'X=1\n', /holds no HC_CHECK_ variable: vigie setup/],
];

for (const [name, text, reason] of REFUSED) {
  test(`${name} is refused with its line, and nothing is done`, async () => {
    await using server = await testServer();
    const file = envFile(text);
    const { error, code } = await vigie(server, ['ensure', '--env-file', file]);
    assert.match(error, reason);
    assert.deepEqual([code, readFileSync(file, 'utf8'), await checksOf(server)], [1, text, []]);
  });
}

test('a file that is not there, and a key that may not write', async () => {
  await using server = await testServer();
  const missing = await vigie(server, ['ensure']);
  assert.deepEqual([missing.code, /^cannot read \.env\.healthchecks: ENOENT/.test(missing.error)], [1, true]);
  const file = envFile();
  const readOnly = await vigie(server, ['ensure', '--env-file', file], { VIGIE_API_KEY: server.keys.read });
  assert.deepEqual([readOnly.code, /check\.write/.test(readOnly.error)], [1, true], readOnly.error);
});
