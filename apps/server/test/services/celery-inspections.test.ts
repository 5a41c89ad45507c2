import assert from 'node:assert/strict';
import { test } from 'node:test';
import { celery } from '../../src/probes/kinds/celery/probe.ts';
import { assertWell, probing } from '../../src/probes/testing/probing.ts';
import { celeryApplication } from '../support/peers/celery.ts';
import { startRabbit } from '../support/peers/rabbitmq.ts';
import { startRedis } from '../support/peers/redis.ts';

/** Of both transports together. */
const INSPECTIONS = 10_000;
/** Runs at once on each. */
const AT_ONCE = 24;

/** Runs the probe again and again against one worker; the worker must be none the worse. */
async function inspections(broker: string): Promise<number> {
  using application = celeryApplication(broker);
  await using worker = await application.worker('w');
  const from = performance.now();
  let left = INSPECTIONS / 2;
  const lane = async (): Promise<void> => {
    const memory = new Map<string, unknown>();
    while (left-- > 0) {
      const result = await probing(celery, { broker, nodes: [worker.node] }, { memory, timeout: 20_000 });
      assertWell(result);
      assert.equal(result.details['active_workers'], 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  const took = performance.now() - from;
  assertWell(await probing(celery, { broker }));
  assert.equal(worker.isRunning(), true);
  assert.doesNotMatch(worker.output(), /Traceback|ERROR|CRITICAL|Unrecoverable/);
  return took / 1000;
}

test('ten thousand inspections of real workers over Redis and RabbitMQ end none of them', async (t) => {
  await using redis = await startRedis();
  await using rabbit = await startRabbit();
  const [overRedis, overAmqp] = await Promise.all([inspections(`${redis.url}/3`), inspections(rabbit.url)]);
  t.diagnostic(`Redis ${overRedis.toFixed(1)} s, RabbitMQ ${overAmqp.toFixed(1)} s`);
});
