/** The Docker probe against a real engine. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { docker } from '../../src/probes/kinds/docker/probe.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../src/probes/testing/probing.ts';
import { passedBy } from '../../src/probes/threshold.ts';
import { type DockerEngine, dockerObstacle, startDocker } from '../support/peers/docker.ts';
import { until } from '../support/until.ts';

const obstacle = dockerObstacle();
const FOREVER = 'while true; do sleep 1; done';

test('containers that run, are sick, end, fall and get up again', {
  skip: obstacle ?? false,
}, async (t) => {
  const engine = await startDocker().catch((error: Error) => error);
  if (engine instanceof Error) {
    t.skip(`no Docker engine starts here: ${engine.message.slice(-500)}`);
    return;
  }
  await using disposable = engine;
  const { url } = disposable;
  await startContainers(engine);
  const memory = new Map<string, unknown>();
  const health = await until('the health checks have spoken', 20_000, async () => {
    const result = await probing(docker, { url }, { memory });
    assertWell(result);
    const values = valuesOf(result);
    const isKnown =
      values['container_health{name="well",status="healthy"}'] === 1 &&
      values['container_health{name="sick",status="unhealthy"}'] === 1 &&
      (values['container_restarts_total{name="looping"}'] ?? 0) > 0;
    return isKnown ? result : null;
  });
  const values = valuesOf(health);
  assert.equal(values['container_up{name="well",image="busybox"}'], 1);
  assert.equal(values['container_up{name="over",image="busybox"}'], 0);
  assert.equal(passedBy(docker.thresholds, health.samples)[0]?.level, 'warning');
  assert.match(String(health.details['version']), /^\d+\.\d+/);

  assertWell(await probing(docker, { url, containers: ['well'] }));
  const one = async (name: string) => probing(docker, { url, containers: ['well', name] });
  assertFailed(await one('over'), 'unhealthy', /over is exited \(exit code 3\)/);
  assertFailed(await one('sick'), 'unhealthy', /sick is unhealthy/);
  assertFailed(await one('nobody'), 'not_found', /no container nobody/);
  await engine.docker('pause', 'well');
  assertFailed(await one('well'), 'unhealthy', /well is paused/);
  await engine.docker('unpause', 'well');
  // The engine calls it unhealthy until its next health check.
  await until('it is well again', 10_000, async () => (await one('well')).failure === null);
  await engine.stop();
  assertFailed(await one('well'), 'refused', /no socket|nobody listens/);
});

async function startContainers(engine: DockerEngine): Promise<void> {
  const check = ['--health-interval', '1s', '--health-retries', '1'];
  await engine.run('well', FOREVER, '--health-cmd', 'true', ...check);
  await engine.run('sick', FOREVER, '--health-cmd', 'false', ...check);
  await engine.run('over', 'exit 3');
  await engine.run('looping', 'sleep 0.2; exit 1', '--restart', 'always');
}
