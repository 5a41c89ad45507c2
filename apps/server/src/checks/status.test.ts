import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCheck } from '../testing/checks.ts';
import type { Check, Status } from './model.ts';
import { alertAfter, goingDownAfter, graceStart, statusAt } from './status.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
/** Midnight UTC; in Europe/Paris it is 02:00. */
const T = Date.UTC(2026, 6, 15);

const up = (own: Partial<Check> = {}): Check => aCheck({ status: 'up', last_ping: T, ...own });

const STATUS: [string, Check, number, Status][] = [
  ['a new check waits', aCheck(), T + 100 * HOUR, 'new'],
  ['up within its period', up(), T + HOUR - 1, 'up'],
  ['late at the end of its period', up(), T + HOUR, 'grace'],
  ['late until the end of its grace', up(), T + HOUR + 10 * MINUTE - 1, 'grace'],
  ['down at the end of its grace', up(), T + HOUR + 10 * MINUTE, 'down'],
  ['down stays down', aCheck({ status: 'down', last_ping: T }), T, 'down'],
  ['paused stays paused', aCheck({ status: 'paused', last_ping: T }), T + 100 * HOUR, 'paused'],
  ['a new check that started and hangs is down', aCheck({ last_start: T }), T + 10 * MINUTE, 'down'],
  [
    'a paused check that started and hangs is down',
    aCheck({ status: 'paused', last_start: T }),
    T + 10 * MINUTE,
    'down',
  ],
  ['a running check is up by schedule', up({ last_start: T }), T + 5 * MINUTE, 'up'],
  ['a run longer than the grace is down', up({ last_start: T }), T + 10 * MINUTE, 'down'],
  [
    'cron counts from the tick after the ping',
    up({ kind: 'cron', schedule: '30 * * * *' }),
    T + 30 * MINUTE,
    'grace',
  ],
  [
    'cron is down a grace after its tick',
    up({ kind: 'cron', schedule: '30 * * * *' }),
    T + 40 * MINUTE,
    'down',
  ],
  [
    'cron reads its own zone',
    up({ kind: 'cron', schedule: '30 2 * * *', time_zone: 'Europe/Paris' }),
    T + 30 * MINUTE,
    'grace',
  ],
  ['an exhausted calendar stays up', up({ kind: 'oncalendar', schedule: '2020-01-01' }), T + 9e9, 'up'],
  ['an excuse holds the deadline back', up({ excused_until: T + 3 * HOUR }), T + 2 * HOUR, 'grace'],
  ['an excuse ends', up({ excused_until: T + 3 * HOUR }), T + 3 * HOUR, 'down'],
  ['skew moves the period along', up({ skew: HOUR }), T + HOUR + 15 * MINUTE, 'up'],
];

for (const [name, check, at, expected] of STATUS) {
  test(name, () => assert.equal(statusAt(check, at), expected));
}

test('with started, a run in progress has its own status until it is down', () => {
  const check = up({ last_start: T });
  assert.equal(statusAt(check, T + MINUTE, true), 'started');
  assert.equal(statusAt(check, T + 10 * MINUTE, true), 'down');
});

test('grace starts at the expected ping or at the run in progress, whichever is first', () => {
  assert.equal(graceStart(up()), T + HOUR);
  assert.equal(graceStart(up({ last_start: T + MINUTE })), T + MINUTE);
  assert.equal(graceStart(aCheck({ last_start: T })), T);
  assert.equal(graceStart(aCheck()), null);
});

test('a down check has no deadline, whatever runs', () => {
  assert.equal(alertAfter(aCheck({ status: 'down', last_ping: T, last_start: T })), null);
});

test('a running check goes down a grace after its start', () => {
  assert.equal(goingDownAfter(up({ last_start: T + MINUTE })), T + 11 * MINUTE);
});
