import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCheck } from '../testing/checks.ts';
import type { Check } from './model.ts';
import { type Policies, policiesText } from './policies.ts';
import { missedAfter, wakeAfter } from './wake.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Midnight UTC. */
const T = Date.UTC(2026, 6, 15);
const DAMPED = 1;
const TOLD = 2;

const check = (policies: Policies, own: Partial<Check>): Check =>
  aCheck({ status: 'up', last_ping: T, policies: policiesText(policies), ...own });
const damped = { status: 'down', breaches: DAMPED };
const running = { last_start: T + MINUTE };
const after = { after: { bad: 2, of: 2 } };

/** A period of an hour and ten minutes of grace. */
const CASES: [string, Check, from: number, expected: number | null][] = [
  ['without policies, at the deadline', check({}, {}), T, T + 70 * MINUTE],
  ['without policies, never while down', check({}, { status: 'down' }), T, null],
  ['at the limit of the run, if that is first', check({ longest_run: 60 }, running), T, T + 2 * MINUTE],
  ['at the deadline, if that is first', check({ longest_run: 3600 }, running), T, T + 11 * MINUTE],
  [
    'at the deadline, once the run was told',
    check({ longest_run: 60 }, { ...running, breaches: TOLD }),
    T,
    T + 11 * MINUTE,
  ],
  ['not for a run that has ended', check({ longest_run: 60 }, {}), T, T + 70 * MINUTE],
  ['for a run while down', check({ longest_run: 60 }, { ...running, status: 'down' }), T, T + 2 * MINUTE],
  ['for a run while paused', check({ longest_run: 60 }, { ...running, status: 'paused' }), T, T + 2 * MINUTE],
  [
    'for a run after a step of the clock',
    check({ longest_run: 60 }, { ...running, skew: HOUR }),
    T,
    T + 2 * MINUTE + HOUR,
  ],
  [
    'for a run not in our own downtime',
    check({ longest_run: 60 }, { ...running, excused_until: T + 9 * MINUTE }),
    T,
    T + 9 * MINUTE,
  ],
  ['down with an alert, never', check(after, { status: 'down' }), T, null],
  [
    'down without an alert, when the next run is missed',
    check(after, damped),
    T + 70 * MINUTE,
    T + 130 * MINUTE,
  ],
  ['after a failure, when the run after that is missed', check(after, damped), T, T + 70 * MINUTE],
  [
    'or the run takes too long',
    check({ ...after, longest_run: 60 }, { ...damped, last_start: T + 80 * MINUTE }),
    T + 80 * MINUTE,
    T + 81 * MINUTE,
  ],
];

for (const [name, given, from, expected] of CASES) {
  test(`looked at ${name}`, () => assert.equal(wakeAfter(given, from), expected));
}

test('each run is missed once, however long the check is down', () => {
  const at = (own: Partial<Check>, count: number): number[] => {
    const missed: number[] = [];
    let from = T + 70 * MINUTE;
    for (let i = 0; i < count; i++) {
      from = missedAfter(check(after, { ...damped, ...own }), from) ?? Number.NaN;
      missed.push((from - T) / MINUTE);
    }
    return missed;
  };
  assert.deepEqual(at({}, 3), [130, 190, 250]);
  assert.deepEqual(at({ skew: MINUTE }, 2), [71, 131]);
  assert.deepEqual(at({ kind: 'cron', schedule: '30 * * * *' }, 3), [100, 160, 220]);
  assert.deepEqual(at({ last_ping: null }, 2), [130, 190]);
  assert.deepEqual(at({ excused_until: T + 3 * HOUR }, 2), [180, 190]);
});

test('what is expected no more is missed no more', () => {
  assert.equal(missedAfter(check(after, { ...damped, kind: 'oncalendar', schedule: '2020-01-01' }), T), null);
});
