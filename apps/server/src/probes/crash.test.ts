/** Probes that end the thread of all, each time they run, beside others that are well. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../../test/support/until.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { ProbeEngine } from './engine.ts';
import type { ProbeSpec, Run } from './model.ts';

const ENTRY = new URL('./testing/crashing-thread.ts', import.meta.url);
/** The check whose probe does it. */
const KILLER = 1;
const OTHERS = [2, 3, 4, 5];

function spec(checkId: number, does: string): ProbeSpec {
  return {
    ...{ checkId, projectId: 1, code: `c${checkId}`, kind: 'told', settings: JSON.stringify({ does }) },
    ...{ interval: 200, timeout: 150, revision: 1, parents: [], isFresh: false },
  };
}

function engineOf(specs: readonly ProbeSpec[]) {
  const clock = new FakeClock(0);
  const runs: Run[] = [];
  const errors: string[] = [];
  const engine = new ProbeEngine({
    clock,
    rules: () => ({ targets: { allowPrivate: true, allow: [] }, uplink: [] }),
    hasProbes: async () => true,
    hold: async () => [0],
    release: async () => undefined,
    specs: async () => [...specs],
    report: async (own) => void runs.push(...own),
    answer: async () => ({ siblings: [], pushed: [] }),
    onRuns: () => undefined,
    onLeft: () => undefined,
    onError: (message) => errors.push(message),
    entry: ENTRY,
  });
  const count = (words: string) => errors.filter((message) => message.includes(words)).length;
  const of = (checkId: number) => runs.filter((run) => run.checkId === checkId);
  return { clock, engine, count, of };
}

for (const deed of ['exit', 'hog', 'spin']) {
  test(`a probe that lets its thread ${deed} each time fails and is kept from it; others go on`, async (t) => {
    const [well, hanging] = [OTHERS.map((id) => spec(id, 'well')), spec(6, 'hang')];
    const { clock, engine, count, of } = engineOf([spec(KILLER, deed), ...well, hanging]);
    t.after(() => engine.stop());
    engine.wake();
    await clock.advance(1);
    for (let death = 1; death <= 3; death++) {
      if (deed === 'spin') {
        await until(`spin ${death}`, 20_000, () => count('it spins') === death);
        // Nobody answers the questions of these 40 s.
        await clock.advance(40_000);
      }
      await until(`death ${death}`, 20_000, () => count('thread of the probes stopped') === death);
      // The pause before the next start.
      await clock.advance(4_000);
    }
    assert.equal(count('check 1 is not probed for 5 min'), 1);
    assert.equal(count('is not probed for'), 1, 'nobody else is suspected for long');
    await until('its failure is reported', 5_000, () => of(KILLER).length === 1);
    const failure = of(KILLER)[0]?.result.failure;
    assert.equal(failure?.reason, 'internal');
    assert.match(failure?.message ?? '', /^the probe crashed its thread 3 times in a row \(/);
    const before = OTHERS.map((id) => of(id).length);
    await until('each of the others runs five times more', 20_000, () =>
      OTHERS.every((id, i) => of(id).length >= (before[i] ?? 0) + 5),
    );
    assert.equal(count('thread of the probes stopped'), 3, 'the thread lives');
    const row = { check_id: KILLER, project_id: 1, kind: 'told', settings: '{}', thresholds: '' };
    const asked = await engine.look({ ...row, interval: 200, timeout: 150, failures: 1, revision: 1 }, []);
    assert.deepEqual(asked.failure, failure, 'nor does whoever asks for a run end it');
    assert.equal(count('thread of the probes stopped'), 3);
  });
}
