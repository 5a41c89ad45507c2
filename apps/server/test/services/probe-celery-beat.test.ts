import assert from 'node:assert/strict';
import { test } from 'node:test';
import { celeryBeat } from '../../src/probes/kinds/celery-beat/probe.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../src/probes/testing/probing.ts';
import { celeryApplication } from '../support/peers/celery.ts';
import { startRedis } from '../support/peers/redis.ts';
import { until } from '../support/until.ts';

test('a beat that writes at every task is well while it runs, and stale soon after its end', async () => {
  await using redis = await startRedis();
  using application = celeryApplication(redis.url);
  const beat = await application.beat(1, 'dbm.dumb');
  const look = () => probing(celeryBeat, { schedule: beat.schedule, longest_interval: 1, max_age: 4 });
  try {
    await until('it has written', 20_000, async () => (await look()).failure === null);
    const wrote = (await look()).details['last_written'];
    await until('it writes again', 10_000, async () => (await look()).details['last_written'] !== wrote);
    const result = await look();
    assertWell(result);
    assert.ok((valuesOf(result)['celery_beat_schedule_age_seconds'] ?? 9) < 4);
    assert.equal(result.details['beat_status'], 'healthy');
  } finally {
    await beat.stop();
  }
  const stale = await until('it is stale', 10_000, async () => {
    const result = await look();
    return result.failure === null ? null : result;
  });
  assertFailed(stale, 'unhealthy', /beat wrote .*celerybeat-schedule\.\w+ \d+ s ago, more than 4 s/);
  assert.equal(stale.details['beat_status'], 'stale');
});

test('a beat that writes at its end only is a matter of how it is installed', async () => {
  await using redis = await startRedis();
  using application = celeryApplication(redis.url);
  await using beat = await application.beat(1, 'dbm.ndbm');
  const look = () => probing(celeryBeat, { schedule: beat.schedule, longest_interval: 1, max_age: 2 });
  const result = await until('its file is old, though it sends', 20_000, async () => {
    const result = await look();
    if (beat.output().split('Sending due task').length < 5) return null;
    return ['config', 'unhealthy'].includes(result.failure?.reason ?? '') ? result : null;
  });
  assertFailed(result, 'config', /python3-gdbm/);
});
