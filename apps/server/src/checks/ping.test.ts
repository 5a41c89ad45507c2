import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCheck, aLedger, aPing } from '../testing/checks.ts';
import type { Check, PingKind } from './model.ts';
import { applyPing, kindOf, type PingInput } from './ping.ts';

const T = Date.UTC(2026, 6, 15);
const MINUTE = 60_000;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function apply(check: Check, ...pings: PingInput[]) {
  const { newId, changes } = aLedger();
  const results = pings.map((ping) => applyPing(check, ping, newId, changes));
  return { check, changes, results };
}

const mail = { subject: 'backup SUCCESS', text: 'all errors: none' };

const KINDS: [string, Partial<Check>, Partial<PingInput>, PingKind][] = [
  ['the action counts', {}, { action: 'fail' }, 'fail'],
  ['GET is ignored when POST is required', { methods: 'POST' }, {}, 'ign'],
  ['POST counts when POST is required', { methods: 'POST' }, { method: 'POST' }, 'success'],
  [
    'a paused check with manual resume ignores all',
    { status: 'paused', manual_resume: 1 },
    { action: 'fail' },
    'ign',
  ],
  ['manual resume matters only while paused', { status: 'up', manual_resume: 1 }, {}, 'success'],
  [
    'keywords override the action',
    { filter_http_body: 1, success_kw: 'done' },
    { action: 'fail', body: bytes('done') },
    'success',
  ],
  [
    'failure comes before success',
    { filter_http_body: 1, success_kw: 'a', failure_kw: 'b' },
    { body: bytes('ab') },
    'fail',
  ],
  [
    'success comes before start',
    { filter_http_body: 1, success_kw: 'a', start_kw: 'b' },
    { body: bytes('ab') },
    'success',
  ],
  [
    'keywords are case-sensitive',
    { filter_http_body: 1, success_kw: 'Done' },
    { body: bytes('done') },
    'ign',
  ],
  [
    'blank keywords match nothing',
    { filter_http_body: 1, success_kw: ' , ,' },
    { body: bytes(' , ') },
    'ign',
  ],
  ['no match fails where that is the default', { filter_http_body: 1, filter_default_fail: 1 }, {}, 'fail'],
  [
    'broken UTF-8 is read as far as it goes',
    { filter_http_body: 1, success_kw: 'ok' },
    { body: Uint8Array.of(0xff, 0x6f, 0x6b) },
    'success',
  ],
  ['mail without filters is a success', { methods: 'POST', filter_http_body: 1 }, { mail }, 'success'],
  ['mail is filtered by subject', { filter_subject: 1, success_kw: 'SUCCESS' }, { mail }, 'success'],
  ['the subject filter does not read the text', { filter_subject: 1, failure_kw: 'errors' }, { mail }, 'ign'],
  ['what comes from outside tells nothing of a service', { probed: 1 }, { action: 'fail' }, 'ign'],
  ['mail tells nothing of a service', { probed: 1 }, { mail }, 'ign'],
  ['words about a service are logged', { probed: 1 }, { action: 'log' }, 'log'],
  [
    'the filters of its check are nothing to a probe',
    { probed: 1, filter_http_body: 1, filter_default_fail: 1, methods: 'POST' },
    { scheme: 'probe', method: '' },
    'success',
  ],
  ['mail is filtered by text', { filter_body: 1, failure_kw: 'errors' }, { mail }, 'fail'],
];

for (const [name, own, ping, expected] of KINDS) {
  test(name, () => assert.equal(kindOf(aCheck(own), aPing(T, ping)), expected));
}

test('a first success raises the check and is no news', () => {
  const { check, changes } = apply(aCheck(), aPing(T));
  assert.equal(check.status, 'up');
  assert.equal(check.alert_after, T + 70 * MINUTE);
  assert.deepEqual(
    changes.flips.map((flip) => [flip.old_status, flip.new_status, flip.reason]),
    [['new', 'up', '']],
  );
  assert.equal(changes.announced.length, 0);
});

test('a failure takes the check down and is announced with its reason', () => {
  const { check, changes } = apply(aCheck({ status: 'up', last_ping: T - 1 }), aPing(T, { action: 'fail' }));
  assert.equal(check.status, 'down');
  assert.equal(check.last_ping, T);
  assert.equal(check.alert_after, null);
  assert.equal(changes.announced.length, 1);
  assert.equal(changes.flips[0]?.reason, 'fail');
});

test('a recovery is announced, a second success is not a flip', () => {
  const { changes } = apply(aCheck({ status: 'down', last_ping: T - 1 }), aPing(T), aPing(T + 1));
  assert.equal(changes.flips.length, 1);
  assert.equal(changes.announced.length, 1);
});

test('a run is measured from its start to the success with the same run id', () => {
  const { check, results } = apply(
    aCheck(),
    aPing(T, { action: 'start', rid: 'a' }),
    aPing(T + 1500, { rid: 'a' }),
  );
  assert.equal(results[1]?.duration, 1500);
  assert.equal(check.last_duration, 1500);
  assert.equal(check.last_start, null);
});

test('a start that comes late has its grace from its arrival: the end may be right behind it', () => {
  const start = aPing(T, { action: 'start', at: T - 60 * MINUTE, receivedAt: T });
  const { check } = apply(aCheck({ status: 'up', last_ping: T - 65 * MINUTE, timeout: 86_400 }), start);
  assert.equal(check.alert_after, T + 10 * MINUTE);
  apply(check, aPing(T + 1, { at: T - 55 * MINUTE, receivedAt: T + 1 }));
  assert.deepEqual([check.status, check.last_duration], ['up', 5 * MINUTE]);
  assert.equal(check.alert_after, T - 55 * MINUTE + 86_400_000 + 10 * MINUTE);
});

test('a start from long ago takes no check down before its time', () => {
  const { check } = apply(aCheck(), aPing(T, { action: 'start', at: 0, receivedAt: T }));
  assert.equal(check.alert_after, T + 10 * MINUTE);
});

test('a success of another run leaves the run in progress alone', () => {
  const { check } = apply(aCheck(), aPing(T, { action: 'start', rid: 'a' }), aPing(T + 1, { rid: 'b' }));
  assert.equal(check.last_start, T);
  assert.equal(check.last_ping, T + 1);
  assert.equal(check.last_duration, null);
});

test('a success without a run id, and any failure, end the run without a duration', () => {
  for (const own of [{ rid: null }, { rid: 'b', action: 'fail' as const }]) {
    const { check } = apply(aCheck(), aPing(T, { action: 'start', rid: 'a' }), aPing(T + 1, own));
    assert.equal(check.last_start, null);
    assert.equal(check.last_duration, null);
  }
});

test('log and ignored pings count and move nothing else', () => {
  const before = aCheck({ status: 'up', last_ping: T });
  for (const action of ['log'] as const) {
    const { check } = apply({ ...before }, aPing(T + 1, { action }));
    assert.deepEqual([check.n_pings, check.last_ping, check.status], [1, T, 'up']);
  }
});

test('a start on a paused check sets its timer without resuming it', () => {
  const { check } = apply(aCheck({ status: 'paused' }), aPing(T, { action: 'start' }));
  assert.equal(check.status, 'paused');
  assert.equal(check.alert_after, T + 10 * MINUTE);
});

test('a late ping that is older than what the check knows moves nothing', () => {
  const late = aPing(T - MINUTE, { action: 'fail', receivedAt: T + MINUTE });
  const { check, changes } = apply(aCheck({ status: 'up', last_ping: T }), late);
  assert.deepEqual([check.status, check.last_ping, check.n_pings], ['up', T, 1]);
  assert.equal(changes.flips.length, 0);
});

test('a late ping that is news sets the last ping to when it happened', () => {
  const late = aPing(T + MINUTE, { receivedAt: T + 5 * MINUTE });
  const { check } = apply(aCheck({ status: 'up', last_ping: T }), late);
  assert.equal(check.last_ping, T + MINUTE);
  assert.equal(check.alert_after, T + 71 * MINUTE);
});

test('a success so late that the next is overdue does not raise the check', () => {
  const late = aPing(T, { receivedAt: T + 71 * MINUTE });
  const { check } = apply(aCheck({ status: 'down', last_ping: T - 60 * MINUTE }), late);
  assert.deepEqual([check.status, check.last_ping], ['down', T]);
});

test('a ping ends excuses and skew', () => {
  const { check } = apply(
    aCheck({ status: 'up', last_ping: T, skew: 5, excused_until: T + 9e9 }),
    aPing(T + 1),
  );
  assert.deepEqual([check.skew, check.excused_until], [0, null]);
});

test('a start keeps the excuse: the end of the run is what is late', () => {
  const excused = T + 90 * MINUTE;
  const late = aCheck({ status: 'up', last_ping: T - 60 * MINUTE, excused_until: excused });
  const { check } = apply(late, aPing(T + 85 * MINUTE, { action: 'start' }));
  assert.deepEqual([check.excused_until, check.alert_after], [excused, excused]);
});

test('a start after a step of the clock leaves the last ping where the step had moved it', () => {
  const { check } = apply(
    aCheck({ status: 'up', last_ping: T, skew: -30 * MINUTE }),
    aPing(T + 20 * MINUTE, { action: 'start' }),
  );
  assert.deepEqual([check.last_ping, check.skew], [T - 30 * MINUTE, 0]);
  assert.equal(check.alert_after, T + 30 * MINUTE);
});

test('a run is as long as it was, whatever the clock was set to meanwhile', () => {
  const { results } = apply(aCheck({ last_start: T, skew: 60 * MINUTE }), aPing(T + 61 * MINUTE));
  assert.equal(results[0]?.duration, MINUTE);
});

test('a body that mentions a confirmation link is marked, in any case', () => {
  const { check } = apply(aCheck(), aPing(T, { body: bytes('Please CONFIRM') }));
  assert.equal(check.has_confirmation_link, 1);
});
