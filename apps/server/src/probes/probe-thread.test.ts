import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../../test/support/until.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { ProbeThread } from './probe-thread.ts';

/** A thread that does this instead of running probes. */
function entryOf(code: string): URL {
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}

const LISTEN = `import { parentPort } from 'node:worker_threads';`;
const EXIT_WHEN_ASKED = `${LISTEN}
parentPort.on('message', ({ type }) => { if (type === 'once') process.exit(3); });`;
const RUN_OUT_OF_MEMORY = `${LISTEN}
parentPort.on('message', ({ type }) => {
  const kept = [];
  while (type === 'once') kept.push(new Array(100_000).fill(0.5));
});`;
const DIE_AT_ONCE = `process.exit(4);`;
const SAY_NOTHING = `${LISTEN} parentPort.on('message', () => undefined);`;
const LIVE = `${LISTEN}
const answers = [{ type: 'alive' }, { type: 'ran', runs: [], ages: [], late: [], skipped: 0 }];
parentPort.on('message', ({ type }) => {
  if (type === 'rules') for (const answer of answers) parentPort.postMessage(answer);
});`;

const ANSWER = `${LISTEN}
const result = { at: 1, duration: 1_000, failure: null, phases: [], samples: [], details: {} };
parentPort.on('message', ({ type, request }) => {
  if (type === 'once')
    parentPort.postMessage({ type, ticket: request.ticket, age: 1_234, result, isCutOff: false });
});`;

const REQUEST = { kind: 'tcp', settings: {}, timeout: 1_000, projectId: 1, checkId: null };
const SPEC = {
  ...{ checkId: 1, projectId: 1, code: 'a', kind: 'tcp', settings: '{}', interval: 5_000, timeout: 1_000 },
  ...{ revision: 1, parents: [], isFresh: true },
};

function threadOf(code: string) {
  const clock = new FakeClock(0);
  const deaths: { reason: string; pause: number }[] = [];
  let recoveries = 0;
  let answers = 0;
  const thread = new ProbeThread({
    clock,
    rules: () => ({ targets: { allowPrivate: true, allow: [] }, uplink: [] }),
    onRan: () => {
      answers += 1;
    },
    onFault: () => undefined,
    answer: async () => ({ siblings: [], pushed: [] }),
    onDeath: (reason, pause) => void deaths.push({ reason, pause }),
    onRecovery: () => {
      recoveries += 1;
    },
    entry: entryOf(code),
  });
  return { clock, deaths, thread, recoveries: () => recoveries, answers: () => answers };
}

for (const [what, code, reason] of [
  ['that exits', EXIT_WHEN_ASKED, /exit code 3/],
  ['out of memory', RUN_OUT_OF_MEMORY, /memory/],
] as const) {
  test(`a thread ${what}: who waits is told, and it starts anew a second later`, async () => {
    const { clock, deaths, thread, recoveries } = threadOf(code);
    await assert.rejects(thread.once(REQUEST), { code: 'unavailable', message: reason });
    assert.deepEqual(
      deaths.map(({ pause }) => pause),
      [1_000],
    );
    await assert.rejects(thread.once(REQUEST), { code: 'unavailable', message: /starting anew/ });
    await clock.advance(999);
    assert.equal(recoveries(), 0);
    await clock.advance(1);
    assert.equal(recoveries(), 1);
    await assert.rejects(thread.once(REQUEST), { code: 'unavailable', message: reason });
    await thread.close();
  });
}

test('a thread that dies again and again is started ever more rarely', async () => {
  const { clock, deaths, thread } = threadOf(DIE_AT_ONCE);
  for (let death = 1; death <= 8; death++) {
    thread.set([SPEC]);
    thread.set([SPEC]);
    await until(`death ${death}`, 10_000, () => deaths.length === death);
    thread.set([SPEC]);
    await clock.advance(60_000);
  }
  assert.deepEqual(
    deaths.map(({ pause }) => pause / 1_000),
    [1, 2, 4, 8, 16, 32, 60, 60],
  );
  await thread.close();
});

test('a thread that spins is ended; one that answers is not', async () => {
  const silent = threadOf(SAY_NOTHING);
  const lively = threadOf(LIVE);
  for (const one of [silent, lively]) {
    one.thread.set([SPEC]);
    for (let round = 1; round <= 4; round++) {
      if (one === lively) await until('its answer', 5_000, () => one.answers() === round);
      await one.clock.advance(10_000);
      one.thread.refreshRules();
    }
  }
  await until('it is ended', 5_000, () => silent.deaths.length === 1);
  assert.match(silent.deaths[0]?.reason ?? '', /said nothing for 30 s/);
  await silent.thread.close();
  await lively.thread.close();
  assert.deepEqual(lively.deaths, []);
});

test('a run is told by the clock of the server, whatever that of its thread says', async () => {
  const { clock, thread } = threadOf(ANSWER);
  clock.step(5_000_000);
  const { result } = await thread.once(REQUEST);
  assert.equal(result.at, 4_998_766);
  await thread.close();
});

test('one project cannot take all the runs that are waited for', async () => {
  const { thread } = threadOf(SAY_NOTHING);
  const waits = Array.from({ length: 32 }, () => thread.once(REQUEST));
  await assert.rejects(thread.once(REQUEST), { code: 'rate_limited' });
  waits.push(...[2, 3, 4].map((projectId) => thread.once({ ...REQUEST, projectId })));
  const ends = Promise.allSettled(waits);
  await thread.close();
  assert.ok(
    (await ends).every(({ status }) => status === 'rejected'),
    'nobody waits for ever',
  );
  await assert.rejects(thread.once(REQUEST), { code: 'unavailable', message: /stopping/ });
});
