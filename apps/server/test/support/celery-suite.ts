/** What the Celery probe must find on a real broker, whichever it is. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { celery } from '../../src/probes/kinds/celery/probe.ts';
import type { ProbeResult } from '../../src/probes/run-once.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../src/probes/testing/probing.ts';
import { celeryApplication } from './peers/celery.ts';
import { until } from './until.ts';

/** Runs the whole of it; `broker` holds nothing yet. */
export async function celerySuite(t: TestContext, broker: string, settings: object = {}): Promise<void> {
  const probe = (given: object = {}, memory?: Map<string, unknown>): Promise<ProbeResult> =>
    probing(celery, { broker, wait: 1, ...settings, ...given }, memory === undefined ? {} : { memory });
  await t.test('without workers', async () => {
    const result = await probe();
    assertFailed(result, 'unhealthy', /no worker listens/);
    assert.equal(valuesOf(result)['celery_workers_replied'], 0);
    assertWell(await probe({ min_workers: 0 }));
  });
  using application = celeryApplication(broker, {
    task_acks_late: false,
    worker_prefetch_multiplier: 1,
    broker_transport_options: transportOptions(settings),
  });
  await using first = await application.worker('first', '-Q', 'celery,sso');
  await t.test('one worker, nothing to do', async () => {
    const result = await probe({ queues: ['celery', 'sso', 'nobodys'], required_queues: ['celery', 'sso'] });
    assertWell(result);
    const values = valuesOf(result);
    assert.equal(values[`celery_worker_up{hostname="${first.node}"}`], 1);
    assert.equal(values[`celery_worker_concurrency{hostname="${first.node}"}`], 1);
    assert.ok((values[`celery_worker_maxrss_bytes{hostname="${first.node}"}`] ?? 0) > 10_000_000);
    assert.equal(values['celery_active_worker_count{queue_name="sso"}'], 1);
    assert.equal(values['celery_active_worker_count{queue_name="nobodys"}'], 0);
    assert.deepEqual(result.details['worker_details'], [first.node]);
  });
  await t.test('a queue without a worker, too few workers, a worker that is expected', async () => {
    assertFailed(await probe({ required_queues: ['mail'] }), 'unhealthy', /takes tasks from mail/);
    assertFailed(await probe({ min_workers: 2 }), 'unhealthy', /1 of 2 workers answered/);
    const result = await probe({ nodes: [first.node, 'second@elsewhere'] });
    assertFailed(result, 'unhealthy', /no answer within 1 s from second@elsewhere/);
    assert.equal(valuesOf(result)['celery_worker_up{hostname="second@elsewhere"}'], 0);
  });
  await t.test('tasks that wait, whatever their priority, and one that runs; not its arguments', async () => {
    await application.send('slow', [60, 'a name of a patient']);
    for (let sent = 0; sent < 4; sent++) await application.send('quick', []);
    await application.send('quick', [], { priority: 6 });
    // One of the five that wait may be in the worker's hands: on Redis it is counted there, on RabbitMQ not at all.
    const waiting = (values: Record<string, number>): number =>
      (values['celery_queue_length{queue_name="celery"}'] ?? 0) + (values['celery_queue_unacked'] ?? 1);
    const busy = await until('the slow task runs and five wait', 15_000, async () => {
      const result = await probe();
      const values = valuesOf(result);
      const running = values[`celery_worker_tasks_active{hostname="${first.node}"}`];
      return running === 1 && waiting(values) === 5 ? result : null;
    });
    const values = valuesOf(busy);
    assert.ok((values[`celery_worker_longest_active_seconds{hostname="${first.node}"}`] ?? -1) >= 0);
    assert.doesNotMatch(JSON.stringify(busy), /patient/);
    assert.equal(
      (busy.details['queue_sizes'] as Record<string, number>)['celery'],
      busy.details['total_tasks_queued'],
    );
  });
  await t.test('a second worker; one that is stopped is connected but mute', async () => {
    await using second = await application.worker('second', '-Q', 'mail');
    const memory = new Map<string, unknown>();
    assertWell(await probe({ min_workers: 2, nodes: [first.node, second.node] }, memory));
    second.signal('SIGSTOP');
    assertFailed(await probe({ min_workers: 2 }, memory), 'unhealthy', /1 of 2 workers answered within 1 s/);
    second.signal('SIGCONT');
    await until(
      'it answers again',
      5_000,
      async () => (await probe({ min_workers: 2 }, memory)).failure === null,
    );
  });
  await t.test('workers answer after all of it; one that is killed is gone at once', async () => {
    assertWell(await probe());
    first.signal('SIGKILL');
    await until('it is gone', 10_000, async () =>
      /no worker listens/.test((await probe()).failure?.message ?? ''),
    );
  });
}

/** The settings that are Celery's transport options too. */
function transportOptions(settings: object): object {
  const names = { global_keyprefix: 'global_keyprefix', fanout_prefix: 'fanout_prefix', separator: 'sep' };
  const given = Object.entries(settings);
  return Object.fromEntries(
    Object.entries(names).flatMap(([ours, theirs]) => {
      const value = given.find(([name]) => name === ours)?.[1];
      return value === undefined ? [] : [[theirs, value]];
    }),
  );
}
