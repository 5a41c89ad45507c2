import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../../test/support/until.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { ProbeEngine } from './engine.ts';
import type { ProbeSpec } from './model.ts';

function spec(checkId: number): ProbeSpec {
  return {
    ...{ checkId, projectId: 1, code: `c${checkId}`, kind: 'tcp', settings: '{"host":"127.0.0.1","port":1}' },
    ...{ interval: 3_600_000, timeout: 1_000, revision: 1, parents: [], isFresh: false },
  };
}

test('a service that is made while all are being read is not lost to what was read before', async (t) => {
  const clock = new FakeClock(0);
  const readings: PromiseWithResolvers<ProbeSpec[]>[] = [];
  const left: number[] = [];
  const engine = new ProbeEngine({
    clock,
    rules: () => ({ targets: { allowPrivate: true, allow: [] }, uplink: [] }),
    hasProbes: async () => true,
    hold: async () => [0],
    release: async () => undefined,
    specs: () => {
      const reading = Promise.withResolvers<ProbeSpec[]>();
      readings.push(reading);
      return reading.promise;
    },
    report: async () => undefined,
    answer: async () => ({ siblings: [], pushed: [] }),
    onRuns: () => undefined,
    onLeft: (ids) => left.push(...ids),
    onError: (message) => assert.fail(message),
  });
  t.after(() => engine.stop());
  engine.wake();
  await clock.advance(1);
  readings[0]?.resolve([spec(1)]);
  await until('the first is probed', 5_000, () => engine.probes(1));

  engine.wake();
  await clock.advance(1);
  const changed = engine.changed(['c2']);
  // The newer reading comes back first, unless it waits for its turn.
  await clock.advance(1);
  readings[2]?.resolve([spec(2)]);
  await clock.advance(1);
  readings[1]?.resolve([spec(1)]);
  await clock.advance(1);
  readings[2]?.resolve([spec(2)]);
  await changed;
  assert.deepEqual([engine.probes(1), engine.probes(2), left], [true, true, []]);

  const removed = engine.changed(['c1']);
  await clock.advance(1);
  readings[3]?.resolve([]);
  await removed;
  assert.deepEqual([engine.probes(1), engine.probes(2), left], [false, true, [1]]);
});
