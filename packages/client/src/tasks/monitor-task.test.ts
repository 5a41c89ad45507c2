import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { pingServer } from '../testing/ping-server.ts';
import { testClient, UUID } from '../testing/test-client.ts';
import { monitorTask } from './monitor-task.ts';

test("a run is reported with its begin and its result, which stays the job's own", async () => {
  await using server = await pingServer();
  const client = testClient(server.url);
  const add = monitorTask({ checkId: UUID, client }, function add(a: number, b: number) {
    return a + b;
  });
  assert.equal(await add(2, 3), 5);
  assert.deepEqual(server.pings(), ['/start', '5']);
  assert.equal(add.name, 'add');
});

test('the begin and the end of a run have one id, and those of another run another', async () => {
  await using server = await pingServer();
  const job = monitorTask({ checkId: UUID, client: testClient(server.url) }, async () => delay(10));
  await Promise.all([job(), job()]);
  const ids = server.asked.map(({ path }) => new URL(path, server.url).searchParams.get('rid'));
  assert.equal(ids.length, 4);
  assert.equal(new Set(ids).size, 2);
});

test('an error is reported with where it came from and what caused it, and is still thrown', async () => {
  await using server = await pingServer();
  const error = new Error('no backup', { cause: new Error('the disk is full') });
  const job = monitorTask({ checkId: UUID, client: testClient(server.url) }, async function backUp() {
    throw error;
  });
  await assert.rejects(job(), (thrown) => thrown === error);
  assert.match(
    server.pings()[1] ?? '',
    /^\/fail Error: no backup\n {4}at .*monitor-task.test.ts.*caused by: Error: the disk is full/s,
  );
});

test('a function that throws at once, and no Error, rejects as well', async () => {
  await using server = await pingServer();
  const job = monitorTask({ checkId: UUID, client: testClient(server.url) }, () => {
    throw { code: 7 };
  });
  await assert.rejects(job(), (thrown) => JSON.stringify(thrown) === '{"code":7}');
  assert.deepEqual(server.pings(), ['/start', '/fail {"code":7}']);
});

test('errors that caused one another in a circle come to an end', async () => {
  await using server = await pingServer();
  const error = new Error('round');
  error.cause = error;
  const job = monitorTask({ checkId: UUID, client: testClient(server.url) }, () => {
    throw error;
  });
  await assert.rejects(job(), (thrown) => thrown === error);
  assert.match(server.pings()[1] ?? '', /^\/fail Error: round/);
});

test('without autoStart only the end is reported', async () => {
  await using server = await pingServer();
  await monitorTask({ checkId: UUID, autoStart: false, client: testClient(server.url) }, () => 1)();
  assert.deepEqual(
    server.asked.map(({ path }) => path),
    [`/ping/${UUID}`],
  );
});

const circle: { self?: object } = {};
circle.self = circle;
const OUTPUTS: [string, unknown, undefined | false | ((result: unknown) => string), string][] = [
  ['text', 'rows: 3', undefined, 'rows: 3'],
  ['nothing', undefined, undefined, ''],
  ['null', null, undefined, ''],
  ['an object', { rows: 3n }, undefined, '{"rows":"3"}'],
  ['a circle', circle, undefined, ''],
  ['a secret', 'secret', false, ''],
  ['what the options make of it', [1, 2], (result) => `${(result as number[]).length} rows`, '2 rows'],
];
for (const [what, result, output, body] of OUTPUTS) {
  test(`the body of a run that gives ${what}`, async () => {
    await using server = await pingServer();
    const client = testClient(server.url);
    await monitorTask({ checkId: UUID, client, ...(output === undefined ? {} : { output }) }, () => result)();
    assert.equal(server.asked[1]?.body, body);
  });
}

test('an output function that throws costs the job nothing', async () => {
  await using server = await pingServer();
  const client = testClient(server.url);
  const output = () => {
    throw new Error('broken');
  };
  assert.equal(await monitorTask({ checkId: UUID, client, output }, () => 1)(), 1);
  assert.deepEqual(server.pings(), ['/start', '']);
});

test('a job without a check runs, and the log says that nobody watches', async () => {
  const client = testClient('http://127.0.0.1:9');
  assert.equal(
    await monitorTask({ client, checkId: undefined }, async function lonely() {
      return 1;
    })(),
    1,
  );
  assert.deepEqual(client.said, ['lonely names no check: it is not monitored']);
});

test('a job waits two seconds in all for a server that hangs, its begin and its end together', async () => {
  await using server = await pingServer(() => null);
  let begun = 0;
  const job = monitorTask({ checkId: UUID, client: testClient(server.url) }, () => {
    begun = performance.now();
    return 'done';
  });
  const began = performance.now();
  assert.equal(await job(), 'done');
  assert.ok(begun - began < 1500, `the begin costs half of it: ${begun - began} ms`);
  const took = performance.now() - began;
  assert.ok(took > 1900 && took < 2500, `${took} ms`);
});

test('a job waits two seconds at most for the check that has to be found first', async () => {
  await using server = await pingServer(() => null);
  const job = monitorTask({ checkName: 'Backup', client: testClient(server.url) }, () => 'done');
  const began = performance.now();
  assert.equal(await job(), 'done');
  assert.ok(performance.now() - began < 2500);
});

test('`this` and arguments of a method stay', async () => {
  await using server = await pingServer();
  const client = testClient(server.url);
  const report = {
    rows: 3,
    count: monitorTask({ checkId: UUID, client }, function (this: { rows: number }, times: number) {
      return this.rows * times;
    }),
  };
  assert.equal(await report.count(2), 6);
});
