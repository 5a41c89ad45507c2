import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pingServer } from '../testing/ping-server.ts';
import { testClient, UUID } from '../testing/test-client.ts';
import { type Assertion, every, hasStatus, rowsBetween, versionGrows } from './assertions.ts';
import { monitorScheduledTask } from './monitor-scheduled-task.ts';

const CHECK = { uuid: UUID, name: 'Token Cleanup', n_pings: 1, channels: '*', tags: '', desc: '' };
const api = ({ path }: { path: string }) =>
  path.startsWith('/api/') ? { status: 200, body: CHECK } : undefined;

test('the check gets the schedule and the grace time', async () => {
  await using server = await pingServer(api);
  const client = testClient(server.url);
  const options = {
    schedule: '0 2 * * *',
    timeZone: 'Europe/Paris',
    grace: 7200,
    checkName: 'Token Cleanup',
    client,
  };
  assert.equal(await monitorScheduledTask(options, () => 41)(), 41);
  assert.deepEqual(JSON.parse(server.asked[0]?.body ?? ''), {
    schedule: '0 2 * * *',
    tz: 'Europe/Paris',
    grace: 7200,
    name: 'Token Cleanup',
    unique: ['name'],
  });
  assert.deepEqual(server.pings(), ['/start', '41']);
});

test('a result that is not as it must be is a failure with the reason; the task gives it even so', async () => {
  await using server = await pingServer(api);
  const client = testClient(server.url);
  const task = monitorScheduledTask(
    { checkName: 'Token Cleanup', assert: (rows: number) => rows < 10 || `${rows} are too many`, client },
    (rows: number) => rows,
  );
  assert.equal(await task(3), 3);
  assert.equal(await task(30), 30);
  assert.deepEqual(server.pings(), ['/start', '3', '/start', '/fail 30 are too many\n\n30']);
});

test('measures are lines of the body, and series with the check as label', async () => {
  await using server = await pingServer(api);
  const client = testClient(server.url);
  const task = monitorScheduledTask(
    {
      checkName: 'Token Cleanup',
      measure: (result: { rows: number }, { seconds }) => ({
        tokens_removed: result.rows,
        in_time: seconds < 5 ? 1 : 0,
        'no name': 1,
        not_finite: Number.NaN,
      }),
      output: false,
      client,
    },
    async () => ({ rows: 12 }),
  );
  await task();
  assert.deepEqual(server.pings(), ['/start', 'tokens_removed 12\nin_time 1']);
  assert.match(client.metrics.exposition(), /^tokens_removed\{check="Token Cleanup"\} 12$/m);
  assert.deepEqual(client.said, ['"no name" = 1 is no series', '"not_finite" = NaN is no series']);
});

test('a measure that throws makes no failure of a run', async () => {
  await using server = await pingServer(api);
  const client = testClient(server.url);
  const measure = () => {
    throw new Error('broken');
  };
  assert.equal(await monitorScheduledTask({ checkName: 'Token Cleanup', measure, client }, () => 'x')(), 'x');
  assert.deepEqual(server.pings(), ['/start', 'x']);
  assert.match(client.said.join(), /a run is not measured: Error: broken/);
});

/** An assertion, results in turn, and what each is told; null = it passes. */
const ASSERTIONS: [string, () => Assertion<never>, [unknown, string | null][]][] = [
  ['false', () => () => false, [[1, 'the result is not as it must be']]],
  ['nothing', () => () => undefined, [[1, null]]],
  ['an empty text', () => () => '', [[1, null]]],
  ['a promise', () => async () => 'late', [[1, 'late']]],
  [
    'an error',
    () => () => {
      throw new Error('thrown');
    },
    [[1, 'thrown']],
  ],
  [
    'hasStatus',
    () => hasStatus(),
    [
      [{ status: 'healthy' }, null],
      [{ overall_status: 'degraded' }, 'the status is "degraded", not "healthy"'],
    ],
  ],
  [
    'rowsBetween',
    () => rowsBetween(1, 3),
    [
      [1, null],
      [3, null],
      [0, '0 rows, not 1 to 3'],
      [Number.NaN, 'NaN rows, not 1 to 3'],
    ],
  ],
  [
    'rowsBetween of a field, without an upper bound',
    () => rowsBetween(1, Number.POSITIVE_INFINITY, ({ rows }: { rows: number }) => rows),
    [
      [{ rows: 1e9 }, null],
      [{ rows: 0 }, '0 rows, not 1 or more'],
    ],
  ],
  [
    'versionGrows',
    () => versionGrows(),
    [
      [3, null],
      [3, 'the version is 3, after 3'],
      [4, null],
      [Number.NaN, 'the version is NaN, after 4'],
    ],
  ],
  [
    'every',
    () =>
      every(
        () => true,
        () => 'second',
        () => 'third',
      ),
    [[1, 'second']],
  ],
];
for (const [name, make, results] of ASSERTIONS) {
  test(`an assertion: ${name}`, async () => {
    await using server = await pingServer(api);
    const client = testClient(server.url);
    const options = { checkName: 'Token Cleanup', assert: make(), output: false as const, client };
    const task = monitorScheduledTask(options, (result: unknown) => result as never);
    for (const [result] of results) await task(result);
    assert.deepEqual(
      server.pings().filter((ping) => ping !== '/start'),
      results.map(([, failure]) => (failure === null ? '' : `/fail ${failure}`)),
    );
  });
}
