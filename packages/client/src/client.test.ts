import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient } from './client.ts';
import { SettingsError } from './settings.ts';
import { asHealthchecks, asVigie, pingServer } from './testing/ping-server.ts';
import { testClient, UUID } from './testing/test-client.ts';
import { until } from './testing/until.ts';

const RID = '11111111-2222-4333-8444-555555555555';

test('each kind of report has its address, and its body', async () => {
  await using server = await pingServer();
  const client = testClient(server.url);
  await client.start(UUID, { rid: RID });
  await client.success(UUID, { rid: RID, body: 'done' });
  await client.fail(UUID, { body: 'broken' });
  await client.log(UUID, 'said');
  await client.exitStatus(UUID, 3);
  await client.exitStatus(UUID, 0);
  assert.equal(await client.ping(UUID), 'delivered');
  assert.deepEqual(
    server.asked.map(({ method, path, body }) => `${method} ${path} ${body}`.trim()),
    [
      `POST /ping/${UUID}/start?rid=${RID}`,
      `POST /ping/${UUID}?rid=${RID} done`,
      `POST /ping/${UUID}/fail broken`,
      `POST /ping/${UUID}/log said`,
      `POST /ping/${UUID}/3`,
      `POST /ping/${UUID}/0`,
      `POST /ping/${UUID}`,
    ],
  );
  assert.ok(server.asked.every(({ headers }) => headers['user-agent'] === 'vigie-client/0.1.0'));
  assert.ok(server.asked.every(({ headers }) => headers['x-ping-time'] === undefined));
});

test('a client that is off sends nothing', async () => {
  await using server = await pingServer();
  const client = testClient(server.url, { enabled: false });
  assert.equal(await client.success(UUID), 'off');
  assert.equal(
    createClient({ url: server.url, variables: { HEALTHCHECKS_ENABLED: 'false' } }).settings.enabled,
    false,
  );
  assert.equal(createClient({ variables: {} }).settings.enabled, false);
  assert.equal(server.asked.length, 0);
});

const SENSELESS: [string, (client: ReturnType<typeof testClient>) => Promise<string>, RegExp][] = [
  ['no check', (client) => client.ping(undefined), /a report names no check/],
  ['an empty name', (client) => client.ping(' '), /a report names no check/],
  ['an exit status no process has', (client) => client.exitStatus(UUID, 256), /256 is no exit status/],
  ['a part of an exit status', (client) => client.exitStatus(UUID, 0.5), /0.5 is no exit status/],
  ['a run id that is none', (client) => client.ping(UUID, 'start', { rid: 'x' }), /run id .* is no UUID/],
  ['a body that is no text', (client) => client.ping(UUID, 'log', { body: 7 as never }), /nothing is sent/],
  ['a number for a check', (client) => client.ping(7 as never), /nothing is sent/],
  ['a target that is none', (client) => client.ping({ id: '../x' }), /has no UUID/],
];
for (const [what, report, complaint] of SENSELESS) {
  test(`${what} is refused, and said in the log`, async () => {
    await using server = await pingServer();
    const client = testClient(server.url);
    assert.equal(await report(client), 'refused');
    assert.match(client.said.join('\n'), complaint);
    assert.equal(server.asked.length, 0);
  });
}

test('a client shows its settings without its keys', () => {
  const { settings } = createClient({
    url: 'http://h',
    variables: {},
    apiKey: 'a secret',
    pingKey: 'another',
  });
  assert.doesNotMatch(JSON.stringify(settings), /a secret|another/);
  assert.deepEqual([settings.hasApiKey, settings.apiUrl], [true, 'http://h/api/v1']);
});

test('settings that cannot be are told at once', () => {
  for (const [options, complaint] of [
    [{ url: 'localhost:8000' }, /url=localhost:8000 is no address/],
    [{ pingUrl: 'ftp://x' }, /pingUrl=ftp:\/\/x is no address/],
    [{ retryDelay: 0 }, /retryDelay is 0: it must be above 0/],
    [{ bufferLimit: Number.NaN }, /bufferLimit is NaN/],
  ] as const) {
    assert.throws(
      () => createClient({ variables: {}, ...options }),
      (error) => {
        assert.ok(error instanceof SettingsError);
        assert.match(error.message, complaint);
        return true;
      },
    );
  }
});

test('a server that hangs makes nobody wait longer than two seconds', async () => {
  await using server = await pingServer(() => null);
  const client = testClient(server.url);
  const began = performance.now();
  assert.equal(await client.success(UUID), 'pending');
  const took = performance.now() - began;
  assert.ok(took > 1900 && took < 2500, `${took} ms`);
  assert.equal(client.pending, 1);
});

test('a server that refuses the connection is tried again until it is there', async () => {
  const gone = await pingServer();
  await gone[Symbol.asyncDispose]();
  const client = testClient(gone.url);
  const reported = client.report(UUID, 'success', { body: 'late or not' });
  await until('the server counts as away', () => client.said.length > 0);
  await using server = await pingServer(asHealthchecks(), gone.port);
  assert.equal(await reported, 'delivered');
  assert.deepEqual(server.pings(), ['late or not']);
  assert.match(
    client.said.join('\n'),
    /does not answer: .*ECONNREFUSED.*; reports are kept.*get through again/s,
  );
});

for (const status of [500, 502, 503, 429, 408]) {
  test(`an answer of ${status} is tried again`, async () => {
    let answers = 0;
    await using server = await pingServer(() => (answers++ < 2 ? { status } : undefined));
    assert.equal(await testClient(server.url).success(UUID), 'delivered');
    assert.equal(server.asked.length, 3);
  });
}

for (const status of [400, 401, 403, 404, 409]) {
  test(`an answer of ${status} is final`, async () => {
    await using server = await pingServer(() => ({ status, body: 'no' }));
    const client = testClient(server.url);
    assert.equal(await client.success(UUID), 'refused');
    assert.equal(server.asked.length, 1);
    assert.match(client.said.join(), /the check 0cab08fe… is not reported/);
  });
}

test('a try that gets no answer ends in its time, and another is made', async () => {
  let answers = 0;
  await using server = await pingServer(() => (answers++ === 0 ? null : undefined));
  assert.equal(await testClient(server.url, { checkTimeout: 0.1 }).success(UUID), 'delivered');
  assert.equal(server.asked.length, 2);
});

test('a server that asks for patience gets it', async () => {
  let answers = 0;
  await using server = await pingServer(() =>
    answers++ === 0 ? { status: 429, headers: { 'Retry-After': '1' } } : undefined,
  );
  const began = performance.now();
  assert.equal(await testClient(server.url).success(UUID), 'delivered');
  assert.ok(performance.now() - began >= 990);
});

test('reports of one check keep their order, and a slow check does not hold up another', async () => {
  const other = UUID.replace('0', '1');
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await using server = await pingServer(async ({ path }) => {
    if (path.includes(UUID) && path.endsWith('/start')) await held;
    return undefined;
  });
  const client = testClient(server.url);
  const first = client.report(UUID, 'start');
  const second = client.report(UUID, 'success');
  assert.equal(await client.success(other), 'delivered');
  assert.equal(server.asked.length, 2);
  release();
  assert.deepEqual(await Promise.all([first, second]), ['delivered', 'delivered']);
  assert.deepEqual(server.pings(), ['/start', '', '']);
});

test('Vigie gets everything that happened while it was away, with the time', async () => {
  let away = true;
  await using server = await pingServer((asked) => (away ? { status: 503 } : asVigie()(asked)));
  const client = testClient(server.url);
  const began = Date.now();
  const reported = performance.now();
  const reports = (['start', 'fail', 'log', 'success'] as const).map((kind) => client.report(UUID, kind));
  await until('what was reported is late', () => performance.now() - reported > 2000);
  away = false;
  server.asked.length = 0;
  assert.deepEqual(await Promise.all(reports), Array(4).fill('delivered'));
  assert.deepEqual(server.pings(), ['/start', '/fail', '/log', '']);
  for (const { headers, path } of server.asked) {
    if (!path.startsWith('/ping/')) continue;
    const at = Date.parse(String(headers['x-ping-time']));
    assert.ok(Math.abs(at - began) < 500, `${at - began} ms from when it happened`);
  }
});

test('a clock that goes wrong does not make late reports come from the future', async () => {
  let away = true;
  const ahead = 3_600_000;
  await using server = await pingServer((asked) => {
    if (away) return { status: 503 };
    const behind = new Date(Date.now() - ahead).toUTCString();
    return asked.path === '/api/vigie/entry'
      ? { status: 200, body: { set_up_needed: false }, headers: { Date: behind } }
      : undefined;
  });
  const client = testClient(server.url);
  const began = Date.now();
  const reported = performance.now();
  const report = client.report(UUID, 'success');
  await until('what was reported is late', () => performance.now() - reported > 2000);
  away = false;
  await report;
  const at = Date.parse(String(server.asked.at(-1)?.headers['x-ping-time']));
  assert.ok(Math.abs(at + ahead - began) < 1500);
});

test('another server gets the last outcome alone, and no time', async () => {
  let away = true;
  await using server = await pingServer((asked) => (away ? { status: 503 } : asHealthchecks()(asked)));
  const client = testClient(server.url);
  const reported = performance.now();
  const reports = (['start', 'fail', 'start', 'success', 'log', 'start'] as const).map((kind) =>
    client.report(UUID, kind),
  );
  await until('what was reported is late', () => performance.now() - reported > 2000);
  away = false;
  server.asked.length = 0;
  assert.deepEqual(await Promise.all(reports), [
    'superseded',
    'superseded',
    'superseded',
    'delivered',
    'superseded',
    'superseded',
  ]);
  assert.deepEqual(server.pings(), ['']);
  assert.equal(server.asked.at(-1)?.headers['x-ping-time'], undefined);
});

test('what is kept has a bound: the check that says most loses its oldest report', async () => {
  let away = true;
  await using server = await pingServer((asked) => (away ? { status: 503 } : asVigie()(asked)));
  const client = testClient(server.url, { bufferLimit: 10 });
  const quiet = client.report(UUID.replace('0', '1'), 'success');
  const loud = Array.from({ length: 20 }, (_, i) => client.report(UUID, 'success', { body: String(i) }));
  assert.equal(client.pending, 10);
  assert.equal(client.dropped, 11);
  away = false;
  assert.equal(await quiet, 'delivered');
  const outcomes = await Promise.all(loud);
  assert.equal(outcomes.filter((outcome) => outcome === 'dropped').length, 11);
  assert.ok(outcomes.slice(-9).every((outcome) => outcome === 'delivered'));
  assert.match(client.said.join('\n'), /more than 10 reports wait: the oldest are dropped/);
});

test('flush tries at once, and says whether all is gone', async () => {
  let away = true;
  await using server = await pingServer((asked) => (away ? { status: 503 } : asVigie()(asked)));
  const client = testClient(server.url, { retryDelay: 60 });
  const reported = client.report(UUID, 'success');
  await until('it was tried', () => server.asked.length > 0);
  assert.equal(await client.flush(50), false);
  away = false;
  assert.equal(await client.flush(), true);
  assert.equal(await reported, 'delivered');
  assert.equal(await client.flush(), true);
});

test('a body is cut to what servers keep, in whole characters', async () => {
  await using server = await pingServer();
  await testClient(server.url).success(UUID, { body: 'é'.repeat(20_000) });
  assert.equal(server.asked[0]?.body, 'é'.repeat(5000));
});

test('a log that throws harms nobody', async () => {
  await using server = await pingServer(() => ({ status: 400 }));
  const client = testClient(server.url, {
    log: {
      warn: () => {
        throw new Error('the log is full');
      },
    },
  });
  assert.equal(await client.success(UUID), 'refused');
});
