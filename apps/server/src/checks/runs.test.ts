import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCheck, aLedger, aPing } from '../testing/checks.ts';
import type { Announced, Check } from './model.ts';
import { applyPing, type PingInput } from './ping.ts';
import { type Policies, policiesText } from './policies.ts';
import { judgeNewPolicies } from './runs.ts';

const T = Date.UTC(2026, 6, 15);
const SECOND = 1_000;

const watched = (policies: Policies, own: Partial<Check> = {}): Check =>
  aCheck({ policies: policiesText(policies), ...own });

/** `+RunTooLong` begins, `-RunTooLong` ends; with what was measured, in seconds. */
function breaches(announced: readonly Announced[]): string[] {
  return announced.flatMap((one) => {
    if (one.what !== 'breach') return [];
    const measured = one.measured === null ? '' : ` ${one.measured / 1000}`;
    return [`${one.isOn ? '+' : '-'}${one.name}${measured}`];
  });
}

function apply(check: Check, pings: readonly PingInput[]): string[] {
  const { newId, changes } = aLedger();
  for (const ping of pings) applyPing(check, ping, newId, changes);
  return breaches(changes.announced);
}

type Step = [action: PingInput['action'], second: number, rid?: string];

const CASES: [string, Policies, Step[], string[]][] = [
  [
    'a short run',
    { shortest_run: 60 },
    [
      ['start', 0],
      ['success', 59],
    ],
    ['+RunTooShort 59'],
  ],
  [
    'a run of just the length',
    { shortest_run: 60 },
    [
      ['start', 0],
      ['success', 60],
    ],
    [],
  ],
  ['a success without a start has no length', { shortest_run: 60 }, [['success', 1]], []],
  [
    'a failure says for itself what is wrong',
    { shortest_run: 60 },
    [
      ['start', 0],
      ['fail', 1],
    ],
    [],
  ],
  [
    'a short run is said once, and ended by one of good length',
    { shortest_run: 60 },
    [
      ['start', 0],
      ['success', 1],
      ['start', 100],
      ['success', 101],
      ['start', 200],
      ['success', 300],
    ],
    ['+RunTooShort 1', '-RunTooShort 100'],
  ],
  [
    'a failure after a good length ends it too',
    { shortest_run: 60 },
    [
      ['start', 0],
      ['success', 1],
      ['start', 100],
      ['fail', 200],
    ],
    ['+RunTooShort 1', '-RunTooShort 100'],
  ],
  [
    'successes close together',
    { least_interval: 300 },
    [
      ['success', 0],
      ['success', 299],
    ],
    ['+TooOften 299'],
  ],
  [
    'successes just far enough',
    { least_interval: 300 },
    [
      ['success', 0],
      ['success', 300],
    ],
    [],
  ],
  [
    'too often is ended by a success after a good interval',
    { least_interval: 300 },
    [
      ['success', 0],
      ['success', 1],
      ['success', 2],
      ['success', 400],
    ],
    ['+TooOften 1', '-TooOften 398'],
  ],
  [
    'a new try after a failure is not too often',
    { least_interval: 300 },
    [
      ['success', 0],
      ['fail', 10],
      ['success', 20],
    ],
    [],
  ],
  [
    'starts and logs are no successes',
    { least_interval: 300 },
    [
      ['success', 0],
      ['start', 1],
      ['log', 2],
    ],
    [],
  ],
  [
    'a start during a run',
    { no_overlap: true },
    [
      ['start', 0],
      ['start', 1],
    ],
    ['+RunsOverlap'],
  ],
  [
    'a start after a run',
    { no_overlap: true },
    [
      ['start', 0],
      ['success', 1],
      ['start', 2],
    ],
    [],
  ],
  [
    'a start sent twice',
    { no_overlap: true },
    [
      ['start', 0, 'a'],
      ['start', 1, 'a'],
    ],
    [],
  ],
  [
    'a start of another run',
    { no_overlap: true },
    [
      ['start', 0, 'a'],
      ['start', 1, 'b'],
    ],
    ['+RunsOverlap'],
  ],
  [
    'an overlap lasts until the run in progress ends',
    { no_overlap: true },
    [
      ['start', 0, 'a'],
      ['start', 1, 'b'],
      ['success', 2, 'a'],
      ['success', 3, 'b'],
    ],
    ['+RunsOverlap', '-RunsOverlap'],
  ],
  [
    'an overlap is ended by a failure',
    { no_overlap: true },
    [
      ['start', 0],
      ['start', 1],
      ['fail', 2],
    ],
    ['+RunsOverlap', '-RunsOverlap'],
  ],
  [
    'several policies at once',
    { shortest_run: 60, least_interval: 300, no_overlap: true },
    [
      ['success', 0],
      ['start', 10],
      ['start', 20],
      ['success', 30],
    ],
    ['+RunsOverlap', '-RunsOverlap', '+RunTooShort 10', '+TooOften 30'],
  ],
  [
    'no policy',
    {},
    [
      ['start', 0],
      ['start', 1],
      ['success', 1],
      ['success', 1],
    ],
    [],
  ],
];

for (const [name, policies, steps, expected] of CASES) {
  test(name, () => {
    const pings = steps.map(([action, second, rid = null]) => aPing(T + second * SECOND, { action, rid }));
    const check = watched(policies);
    const plain = aCheck();
    assert.deepEqual(apply(check, pings), expected);
    apply(plain, pings);
    const { status, last_ping, last_start, last_duration, alert_after } = plain;
    const told = { status, last_ping, last_start, last_duration, alert_after };
    assert.deepEqual(
      Object.fromEntries(Object.keys(told).map((key) => [key, check[key as keyof Check]])),
      told,
      'status and deadline are those of a check without policies',
    );
  });
}

const LONG = { longest_run: 60 };
const ENDS: [string, Step[], string[]][] = [
  ['its success', [['success', 90]], ['-RunTooLong']],
  ['its failure', [['fail', 90]], ['-RunTooLong']],
  ['a new start', [['start', 90]], ['-RunTooLong']],
  ['no log entry', [['log', 90]], []],
  ['no success of another run', [['success', 90, 'other']], []],
];

for (const [name, steps, expected] of ENDS) {
  test(`a run that is too long is ended by ${name}`, () => {
    const check = watched(LONG, {
      status: 'up',
      last_ping: T - 1,
      last_start: T,
      last_start_rid: 'r',
      breaches: 2,
    });
    const pings = steps.map(([action, second, rid = 'r']) => aPing(T + second * SECOND, { action, rid }));
    assert.deepEqual(apply(check, pings), expected);
  });
}

test('a late ping that moves nothing breaks no policy', () => {
  const check = watched(
    { no_overlap: true, least_interval: 300 },
    { status: 'up', last_ping: T, last_start: T },
  );
  const late = { receivedAt: T + 10 * SECOND };
  assert.deepEqual(apply(check, [aPing(T - 1, late), aPing(T - 1, { ...late, action: 'start' })]), []);
});

test('alerts whose policy is changed end without a word, others stay', () => {
  const before = { policies: policiesText({ shortest_run: 60, no_overlap: true, least_interval: 5 }) };
  const check = watched({ shortest_run: 90, least_interval: 5 }, { breaches: 4 | 8 | 16 });
  const { changes } = aLedger();
  judgeNewPolicies(check, before, T, changes);
  assert.deepEqual(breaches(changes.announced), ['-RunTooShort', '-RunsOverlap']);
  assert.ok(
    changes.announced.every((one) => one.what === 'breach' && one.quiet === 'the policy was changed'),
  );
  assert.equal(check.breaches, 8);
});
