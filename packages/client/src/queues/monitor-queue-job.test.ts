import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pingServer } from '../testing/ping-server.ts';
import { testClient, UUID } from '../testing/test-client.ts';
import { monitorQueueJob, type QueueJob } from './monitor-queue-job.ts';

const JOB: QueueJob = { id: '7', name: 'send', queueName: 'mails', attemptsMade: 0, opts: { attempts: 3 } };
const LAST: QueueJob = { ...JOB, attemptsMade: 2 };

function named(name: string): Error {
  return Object.assign(new Error('no'), { name });
}

/** A job, what it throws, what its check is told of it, and how it counts. */
const TRIES: [string, QueueJob, Error, 'last' | 'every', RegExp, string][] = [
  [
    'a try that is repeated',
    JOB,
    new Error('no'),
    'last',
    /^\/log mails: send 7 \(try 1 of 3\) tried again\nError: no/,
    'tried again',
  ],
  [
    'the last try',
    LAST,
    new Error('no'),
    'last',
    /^\/fail mails: send 7 \(try 3 of 3\) failed\nError: no/,
    'failed',
  ],
  ['a try, where each counts', JOB, new Error('no'), 'every', /^\/fail /, 'failed'],
  [
    'a job without tries',
    { ...JOB, opts: {} },
    new Error('no'),
    'last',
    /^\/fail .*\(try 1 of 1\)/,
    'failed',
  ],
  ['an error beyond repair', JOB, named('UnrecoverableError'), 'last', /^\/fail /, 'failed'],
  ['a job that is put back', LAST, named('DelayedError'), 'last', /^\/log .* put back/, 'put back'],
  ['a job above the rate', LAST, named('RateLimitError'), 'every', /^\/log .* put back/, 'put back'],
];
for (const [what, job, error, failOn, told, outcome] of TRIES) {
  test(`${what} is told as ${told.source}`, async () => {
    await using server = await pingServer();
    const client = testClient(server.url);
    const work = monitorQueueJob({ checkId: UUID, failOn, client }, async (_: QueueJob): Promise<void> => {
      throw error;
    });
    await assert.rejects(work(job), (thrown) => thrown === error);
    assert.match(server.pings()[1] ?? '', told);
    const text = client.metrics.exposition();
    assert.ok(text.includes(`queue_jobs_total{queue="mails",job="send",outcome="${outcome}"} 1\n`), text);
  });
}

test('a job that is done is told with what it gave', async () => {
  await using server = await pingServer();
  const client = testClient(server.url);
  const work = monitorQueueJob(
    { checkId: UUID, client },
    async (_: QueueJob, token: string) => `sent with ${token}`,
  );
  assert.equal(await work(JOB, 'a token'), 'sent with a token');
  assert.deepEqual(server.pings(), ['/start', 'mails: send 7 (try 1 of 3)\nsent with a token']);
  assert.match(
    client.metrics.exposition(),
    /^queue_job_duration_seconds_count\{queue="mails",job="send"\} 1$/m,
  );
});

test('without a check jobs are counted all the same', async () => {
  const client = testClient('http://127.0.0.1:9');
  await monitorQueueJob({ client }, async (_: QueueJob) => 1)(JOB);
  assert.match(client.metrics.exposition(), /outcome="completed"\} 1/);
});
