import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Queue, Worker } from 'bullmq';
import { createClient } from 'redis';
import { bullmq } from '../../src/probes/kinds/bullmq/probe.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../src/probes/testing/probing.ts';
import { startRedis } from '../support/peers/redis.ts';
import { until } from '../support/until.ts';

/** A client as an application hands it to BullMQ. */
async function clientOf(url: string) {
  const client = createClient({ url, RESP: 2 });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

test('queues of BullMQ, with and without workers', async (t) => {
  await using server = await startRedis({ 'maxmemory-policy': 'noeviction' });
  const url = `${server.url}/2`;
  const client = await clientOf(url);
  const queue = new Queue('mail', { connection: client });
  queue.on('error', () => undefined);
  await queue.waitUntilReady();
  const probe = (given: object = {}) => probing(bullmq, { url, queues: ['mail'], ...given });

  await t.test('jobs that wait, by state, and for how long', async () => {
    await queue.add('a', {}, { timestamp: Date.now() - 90_000 });
    await queue.add('b', {});
    await queue.add('c', {}, { delay: 3_600_000 });
    await queue.add('d', {}, { priority: 3 });
    const result = await probe();
    assertWell(result);
    const values = valuesOf(result);
    assert.equal(values['bullmq_job_count{queue="mail",state="wait"}'], 2);
    assert.equal(values['bullmq_job_count{queue="mail",state="delayed"}'], 1);
    assert.equal(values['bullmq_job_count{queue="mail",state="prioritized"}'], 1);
    assert.equal(values['bullmq_workers{queue="mail"}'], 0);
    assert.equal(values['bullmq_jobs_unattended{queue="mail"}'], 3);
    assert.equal(values['bullmq_delayed_overdue_seconds{queue="mail"}'], 0);
    const oldest = values['bullmq_oldest_waiting_seconds{queue="mail"}'] ?? 0;
    assert.ok(oldest >= 90 && oldest < 120, String(oldest));
    assertFailed(await probe({ min_workers: 1 }), 'unhealthy', /mail has 0 of 1/);
  });

  await t.test('a delayed job that nobody takes is overdue', async () => {
    await queue.add('e', {}, { delay: 1 });
    await until('it is overdue', 5_000, async () => {
      return (valuesOf(await probe())['bullmq_delayed_overdue_seconds{queue="mail"}'] ?? 0) > 0;
    });
  });

  await t.test('a paused queue keeps its count', async () => {
    await queue.pause();
    const values = valuesOf(await probe());
    assert.equal(values['bullmq_queue_paused{queue="mail"}'], 1);
    assert.equal(values['bullmq_job_count{queue="mail",state="wait"}'], 2);
    await queue.resume();
    assert.equal(valuesOf(await probe())['bullmq_queue_paused{queue="mail"}'], 0);
  });

  await t.test('version 5 keeps what waits in a paused queue in a list of its own', async () => {
    const since = String(Date.now() - 60_000);
    await client.sendCommand(['RPUSH', 'bull:old:paused', '8', '7']);
    await client.sendCommand(['HSET', 'bull:old:7', 'timestamp', since]);
    const values = valuesOf(await probe({ queues: ['old'] }));
    assert.equal(values['bullmq_job_count{queue="old",state="wait"}'], 2);
    assert.equal(values['bullmq_queue_paused{queue="old"}'], 1);
    assert.ok((values['bullmq_oldest_waiting_seconds{queue="old"}'] ?? 0) >= 60);
  });

  await t.test('a worker does them, one fails', async () => {
    const own = await clientOf(url);
    const worker = new Worker(
      'mail',
      async (job) => {
        if (job.name === 'b') throw new Error('not today');
      },
      { connection: own },
    );
    worker.on('error', () => undefined);
    const values = await until('all are done', 10_000, async () => {
      const result = await probe({ min_workers: 1 });
      const found = valuesOf(result);
      const isDone = found['bullmq_job_count{queue="mail",state="completed"}'] === 3;
      return result.failure === null && isDone && found['bullmq_jobs_failed_recent{queue="mail"}'] === 1
        ? found
        : null;
    });
    assert.equal(values['bullmq_job_count{queue="mail",state="failed"}'], 1);
    assert.equal(values['bullmq_workers{queue="mail"}'], (await queue.getWorkers()).length);
    assert.equal(values['bullmq_jobs_unattended{queue="mail"}'], 0);
    assert.equal(values['bullmq_oldest_waiting_seconds{queue="mail"}'], 0);
    await worker.close();
    own.destroy();
  });

  await t.test('a queue, a prefix that is not there; rights', async () => {
    assertFailed(await probe({ queues: ['mail', 'fax'] }), 'not_found', /no queue fax/);
    assertFailed(await probe({ prefix: 'other' }), 'not_found', /prefix other/);
    const rights = ['+select', '+exists', '+llen', '+zcard', '+hget', '+zcount', '+lindex', '+zrange'];
    await client.sendCommand(['ACL', 'SETUSER', 'watcher', 'on', '>p', '%R~bull:*', ...rights]);
    await client.sendCommand(['ACL', 'SETUSER', 'blind', 'on', '>p', ...rights]);
    const as = (login: string, given: object = {}) =>
      probing(bullmq, { url: `redis://${login}@127.0.0.1:${server.port}/2`, queues: ['mail'], ...given });
    const result = await as('watcher:p');
    assertWell(result);
    assert.equal(valuesOf(result)['bullmq_workers{queue="mail"}'], undefined);
    assertFailed(await as('watcher:p', { min_workers: 1 }), 'forbidden', /list its clients/);
    assertFailed(await as('blind:p'), 'forbidden', /NOPERM/);
    assertFailed(await as('watcher:wrong'), 'auth');
    await client.sendCommand(['ACL', 'SETUSER', 'watcher', '+client|list']);
    assertFailed(await as('watcher:p', { min_workers: 1 }), 'unhealthy');
  });

  await t.test('stopped, it refuses', async () => {
    await queue.close();
    client.destroy();
    await server.stop();
    assertFailed(await probe(), 'refused');
  });
});
