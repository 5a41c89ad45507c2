/** Jobs of a real BullMQ queue on a real Redis, reported to a real server. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { createClient, monitorQueueJob } from '@vigie/client';
import { DelayedError, type Job, Queue, UnrecoverableError, Worker } from 'bullmq';
import { KEYS, spawnApiServer } from '../support/api-server.ts';
import { freePort } from '../support/free-port.ts';
import { isInstalled } from '../support/program.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

test('jobs are reported with their tries, and only the last failure is one', async (t) => {
  if (!isInstalled('redis-server')) return t.skip('there is no redis-server');
  using folder = tempFolder('bullmq');
  await using server = await spawnApiServer({ dataDir: join(folder.path, 'data') });
  const port = await freePort();
  const redis = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder.path],
    {
      stdio: 'ignore',
    },
  );
  const client = createClient({ url: server.url, apiKey: KEYS.write, variables: {} });
  const connection = { host: '127.0.0.1', port };
  const queue = new Queue('mails', { connection });
  const send = async (job: Job<{ fails: number }>, token?: string): Promise<string> => {
    if (job.name === 'later' && job.attemptsStarted === 1) {
      await job.moveToDelayed(Date.now() + 10, token);
      throw new DelayedError();
    }
    if (job.name === 'hopeless') throw new UnrecoverableError('no such address');
    if (job.attemptsMade < job.data.fails) throw new Error(`greylisted ${job.attemptsMade + 1}`);
    return 'sent';
  };
  const worker = new Worker('mails', monitorQueueJob({ checkName: 'Mails', client }, send), { connection });
  try {
    const opts = { attempts: 3, backoff: { type: 'fixed', delay: 1 } };
    const ended = new Set<string>();
    worker.on('completed', (job) => void ended.add(job.name));
    worker.on('failed', (job) => {
      if (job !== undefined && job.finishedOn !== undefined) ended.add(job.name);
    });
    for (const [i, [name, fails]] of (
      [
        ['at-once', 0],
        ['third-time', 2],
        ['never', 9],
        ['hopeless', 9],
        ['later', 0],
      ] as const
    ).entries()) {
      await queue.add(name, { fails }, opts);
      await until(`${name} is over`, 20_000, () => ended.size > i);
    }
    assert.equal(await client.flush(5000), true);
    const [check] = await client.checks.list({ slug: 'mails' });
    const told = (await server.pings(check?.uuid ?? '')).filter(({ type }) => type !== 'start');
    assert.deepEqual(
      told.map(({ type, body }) =>
        `${type} ${body.split('\n').slice(0, 2).join(' | ')}`.replace(/ \d+ \(/, ' ('),
      ),
      [
        'success mails: at-once (try 1 of 3) | sent',
        'log mails: third-time (try 1 of 3) tried again | Error: greylisted 1',
        'log mails: third-time (try 2 of 3) tried again | Error: greylisted 2',
        'success mails: third-time (try 3 of 3) | sent',
        'log mails: never (try 1 of 3) tried again | Error: greylisted 1',
        'log mails: never (try 2 of 3) tried again | Error: greylisted 2',
        'fail mails: never (try 3 of 3) failed | Error: greylisted 3',
        'fail mails: hopeless (try 1 of 3) failed | UnrecoverableError: no such address',
        'log mails: later (try 1 of 3) put back | DelayedError: bullmq:movedToDelayed',
        'success mails: later (try 1 of 3) | sent',
      ],
    );
    assert.match(
      client.metrics.exposition(),
      /^queue_jobs_total\{queue="mails",job="never",outcome="tried again"\} 2$/m,
    );
  } finally {
    await worker.close();
    await queue.close();
    redis.kill('SIGTERM');
    await once(redis, 'exit');
  }
});
