import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { FakeClock } from '../testing/fake-clock.ts';
import { ProbeFailure, type Reason } from './failure.ts';
import type { ProbeRun } from './kind.ts';
import { type ProbePorts, runOnce } from './run-once.ts';

/** One run of work on a clock that stands still, 1 s long. */
function running(work: (run: ProbeRun, clock: FakeClock) => Promise<void>, own: Partial<ProbePorts> = {}) {
  const clock = new FakeClock(1_000_000);
  const ports: ProbePorts = {
    clock,
    rules: () => ({ allowPrivate: true, allow: [] }),
    secret: (name) => (name === 'DB' ? 'hunter2' : undefined),
    siblings: async () => [],
    pushed: async () => [],
    ...own,
  };
  return {
    clock,
    result: runOnce({ instance: 'here', probe: (run) => work(run, clock) }, 1_000, new Map(), ports),
  };
}

/** A secret as settings refer to it. */
const reference = (name: string) => `\${secret:${name}}`;
const never = () => new Promise<never>(() => undefined);

test('a run that is not done in time failed, says what it was at, and its signal is aborted', async () => {
  let signal: AbortSignal | null = null;
  const { clock, result } = running(async (run, inside) => {
    signal = run.signal;
    await run.phase('connect', () => new Promise<void>((resolve) => inside.after(200, resolve)));
    run.measure('half', 1);
    await run.phase('query', never);
  });
  await clock.advance(1_000);
  const { failure, phases, samples, duration } = await result;
  assert.deepEqual(failure, { reason: 'timeout', message: 'no answer within 1 s (query)', phase: 'query' });
  assert.deepEqual(phases, [
    ['connect', 200],
    ['query', 800],
  ]);
  assert.deepEqual([samples, duration], [[], 1_000]);
  assert.equal((signal as AbortSignal | null)?.aborted, true);
});

test('what comes after the end of a run changes nothing', async () => {
  let late: ProbeRun | null = null;
  const { clock, result } = running(async (run) => {
    late = run;
    await never();
  });
  await clock.advance(1_000);
  const found = await result;
  (late as ProbeRun | null)?.measure('late', 1);
  (late as ProbeRun | null)?.detail('late', true);
  assert.deepEqual([found.samples, found.details], [[], {}]);
});

test('what a server says comes as words that can be stored: no control characters, no halves of characters', async () => {
  const { result } = running(async (run) => {
    run.measure('x', 1, { name: 'a\u0000b' });
    throw new ProbeFailure('unhealthy', 'ERR \u0000 \ud800 \u001b[31m\nline');
  });
  const { failure, samples } = await result;
  assert.equal(failure?.message, 'ERR \ufffd \ufffd \ufffd[31m\nline');
  assert.deepEqual(samples[0]?.labels, { name: 'a\ufffdb' });
});

describe('what was measured by a run that failed', () => {
  const cases: [reason: Reason, isKept: boolean][] = [
    ['unhealthy', true],
    ['assertion', true],
    ['auth', true],
    ['reset', false],
    ['timeout', false],
    ['internal', false],
  ];
  for (const [reason, isKept] of cases) {
    it(`${isKept ? 'counts' : 'counts for nothing'}: ${reason}`, async () => {
      const { result } = running(async (run) => {
        run.measure('status', 503);
        throw new ProbeFailure(reason, 'no');
      });
      assert.equal((await result).samples.length, isKept ? 1 : 0);
    });
  }
});

test('values that are none are left out, and there is a bound to them and to details', async () => {
  const { result } = running(async (run) => {
    run.measure('nan', Number.NaN);
    run.measure('infinite', Number.POSITIVE_INFINITY);
    for (let i = 0; i < 6_000; i++) run.measure('many', i);
    run.detail('huge', 'x'.repeat(100_000));
  });
  const { samples, details } = await result;
  assert.equal(samples.length, 5_000);
  assert.deepEqual(details, { truncated: true });
});

test('a secret is filled in by its name, and one that is missing is a matter of settings', async () => {
  const { result } = running(async (run) => {
    assert.equal(run.secret(`redis://:${reference('DB')}@host`), 'redis://:hunter2@host');
    run.secret(reference('NONE'));
  });
  const { failure } = await result;
  assert.equal(failure?.reason, 'config');
  assert.match(failure?.message ?? '', /there is no secret NONE: set VIGIE_PROBE_SECRET_NONE/);
});

describe('anything thrown has a reason', () => {
  const coded = (code: string) => Object.assign(new Error(`it was ${code}`), { code });
  const cases: [thrown: unknown, reason: Reason][] = [
    [coded('ECONNREFUSED'), 'refused'],
    [new Error('fetch failed', { cause: coded('ENOTFOUND') }), 'dns'],
    [new AggregateError([coded('EHOSTUNREACH'), coded('ECONNREFUSED')]), 'unreachable'],
    [coded('CERT_HAS_EXPIRED'), 'tls'],
    [coded('HPE_INVALID_CONSTANT'), 'protocol'],
    ['a text', 'internal'],
    [new TypeError('a bug'), 'internal'],
  ];
  for (const [thrown, reason] of cases) {
    it(`${reason}: ${String(thrown)}`, async () => {
      const { result } = running(() => Promise.reject(thrown));
      assert.equal((await result).failure?.reason, reason);
    });
  }
});

test('an address that may not be reached is told apart from a name that does not exist', async () => {
  const addresses: Record<string, string> = { inside: '10.0.0.1', metadata: '169.254.169.254' };
  const ports: Partial<ProbePorts> = {
    rules: () => ({ allowPrivate: false, allow: [] }),
    resolve: (host, callback) => {
      const address = addresses[host];
      if (address !== undefined) callback(null, [{ address, family: 4 }]);
      else callback(Object.assign(new Error('none'), { code: 'ENOTFOUND' }), []);
    },
  };
  const reasonOf = async (host: string) => {
    const { result } = running(async (run) => void (await run.address(host)), ports);
    return (await result).failure?.reason;
  };
  assert.deepEqual(
    [
      await reasonOf('inside'),
      await reasonOf('metadata'),
      await reasonOf('nowhere'),
      await reasonOf('10.0.0.1'),
    ],
    ['config', 'config', 'dns', 'config'],
  );
});
