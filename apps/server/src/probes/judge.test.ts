import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import type { Reason } from './failure.ts';
import { judge, type Memory, NO_MEMORY, thresholdKey } from './judge.ts';
import type { Sample } from './kind.ts';
import type { ProbeResult } from './run-once.ts';
import type { Threshold } from './threshold.ts';

const CONNECTIONS: Threshold = { metric: 'connections', op: '>', warning: 80, critical: 95, for: 2 };
const KEY = thresholdKey(CONNECTIONS);

const TIMES: Pick<ProbeResult, 'duration' | 'phases'> = { duration: 250, phases: [['connect', 200]] };

function measured(value: number | null, reason: Reason | null = null) {
  const samples: Sample[] = value === null ? [] : [{ name: 'connections', labels: {}, value }];
  const failure = reason === null ? null : { reason, message: 'it is not well', phase: null };
  return { samples, failure, ...TIMES };
}

/** Judges runs one after another; gives what each was, as `action reason +raised -over`, `-critical` for a graver one. */
function story(runs: ReturnType<typeof measured>[], failures = 1, thresholds = [CONNECTIONS]): string[] {
  let memory: Memory = NO_MEMORY;
  return runs.map((run) => {
    const verdict = judge(run, thresholds, failures, memory);
    memory = verdict.memory;
    const marks = [
      verdict.action,
      verdict.failure?.reason ?? '',
      ...[...verdict.warnings.keys()].map(() => '+'),
      ...[...verdict.over.values()].map((end) => (end === 'within' ? '-' : `-${end}`)),
    ];
    return marks.filter((mark) => mark !== '').join(' ');
  });
}

describe('runs are judged', () => {
  const cases: [string, string[], string[]][] = [
    ['well below every limit', story([measured(10)]), ['success']],
    [
      'a limit counts once it was passed for two runs',
      story([measured(90), measured(90)]),
      ['success', 'success +'],
    ],
    [
      'a run between begins anew',
      story([measured(90), measured(1), measured(90)]),
      ['success', 'success', 'success'],
    ],
    [
      'a warning is over with the first run below its limit',
      story([measured(90), measured(90), measured(10)]),
      ['success', 'success +', 'success -'],
    ],
    [
      'beyond the critical limit for two runs is a failure, and no warning beside it',
      story([measured(99), measured(99)]),
      ['success', 'fail threshold'],
    ],
    [
      'a warning stays while nothing is measured',
      story([measured(90), measured(90), measured(null, 'refused'), measured(90)]),
      ['success', 'success +', 'fail refused', 'success +'],
    ],
    [
      'what is critical too shortly is a warning as long as it takes',
      story([measured(90), measured(90), measured(99), measured(99)]),
      ['success', 'success +', 'success +', 'fail threshold -critical'],
    ],
    [
      'two thresholds of one measurement count each for itself, whatever their order',
      story([measured(90), measured(99), measured(99), measured(99)], 1, [
        { metric: 'connections', op: '>', critical: 95, for: 2 },
        { metric: 'connections', op: '>', warning: 80 },
      ]),
      ['success +', 'success +', 'fail threshold +', 'fail threshold +'],
    ],
    [
      'how long a run took, and each of its phases, has limits as well',
      story([measured(1), measured(1, 'unhealthy'), measured(null, 'timeout')], 1, [
        { metric: 'probe_duration_seconds', op: '>', warning: 0.2 },
        { metric: 'probe_phase_duration_seconds', labels: { phase: 'connect' }, op: '>=', warning: 0.2 },
      ]),
      ['success + +', 'fail unhealthy + +', 'fail timeout'],
    ],
    [
      'a failure counts once so many runs failed',
      story([measured(null, 'timeout'), measured(null, 'timeout'), measured(1)], 2),
      ['log timeout', 'fail timeout', 'success'],
    ],
    [
      'what was measured counts although the service is not well',
      story([measured(90, 'unhealthy'), measured(90, 'unhealthy')]),
      ['fail unhealthy', 'fail unhealthy +'],
    ],
  ];
  for (const [name, got, wanted] of cases) it(name, () => assert.deepEqual(got, wanted));
});

test('a report says what is beyond which limit, and how many runs must still fail', () => {
  const once = [{ ...CONNECTIONS, for: 1 }];
  assert.equal(judge(measured(99), once, 1, NO_MEMORY).body, 'threshold: connections is 99, critical > 95');
  assert.equal(judge(measured(81), once, 1, NO_MEMORY).body, 'connections is 81, warning > 80');
  assert.equal(
    judge(measured(null, 'refused'), once, 3, NO_MEMORY).body,
    'refused: it is not well (run 1 of 3 that must fail)',
  );
});

test('of several series the one farthest beyond counts, and only those with the labels', () => {
  const samples: Sample[] = [
    { name: 'lag', labels: { topic: 'a' }, value: 5 },
    { name: 'lag', labels: { topic: 'b' }, value: 50 },
  ];
  const all: Threshold = { metric: 'lag', op: '>', warning: 1 };
  const verdict = judge({ ...TIMES, samples, failure: null }, [all], 1, NO_MEMORY);
  assert.equal(verdict.body, 'lag{topic="b"} is 50, warning > 1');
  const one = { ...all, labels: { topic: 'a' } };
  assert.equal(
    judge({ ...TIMES, samples, failure: null }, [one], 1, NO_MEMORY).body,
    'lag{topic="a"} is 5, warning > 1',
  );
  assert.notEqual(KEY, thresholdKey(one));
});

test('a counter is watched by its growth since the run before, and may begin anew', () => {
  const evicted = (value: number): Sample[] => [{ name: 'evicted_total', labels: { db: '0' }, value }];
  const limit: Threshold = { metric: 'evicted_total', op: '>', warning: 10 };
  const cases: [before: Sample[], now: number, body: string][] = [
    [[], 1_000, ''],
    [evicted(1_000), 1_005, ''],
    [evicted(1_000), 1_050, 'evicted_total{db="0"} is 50, warning > 10'],
    [evicted(1_000), 20, 'evicted_total{db="0"} is 20, warning > 10'],
  ];
  for (const [before, now, body] of cases) {
    assert.equal(
      judge({ ...TIMES, samples: evicted(now), failure: null }, [limit], 1, NO_MEMORY, before).body,
      body,
    );
  }
});
