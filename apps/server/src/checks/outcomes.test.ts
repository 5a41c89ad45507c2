import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCheck, aLedger, aPing } from '../testing/checks.ts';
import type { Announced } from './model.ts';
import { isDamped } from './outcomes.ts';
import { applyPing } from './ping.ts';
import { policiesText } from './policies.ts';

const T = Date.UTC(2026, 6, 15);

/** `down` and `up` as they are told, `(down)` what is kept from being an alert. */
function words(announced: readonly Announced[]): string[] {
  return announced.map((one) => {
    const word = one.what === 'flip' ? one.flip.new_status : one.what === 'outcome' ? 'still down' : one.name;
    return one.what !== 'breach' && one.damped !== null ? `(${word})` : word;
  });
}

/** Good and bad outcomes as `+` and `-`. */
const CASES: [string, [bad: number, of: number], outcomes: string, string[]][] = [
  ['the first failure is an alert', [1, 1], '+-', ['down']],
  ['the second of two', [2, 2], '+--', ['(down)', 'still down']],
  ['not before the third', [3, 3], '+--', ['(down)', '(still down)']],
  ['at the third', [3, 3], '+---', ['(down)', '(still down)', 'still down']],
  ['no more of it once it is an alert', [2, 2], '+-----', ['(down)', 'still down']],
  ['a success between starts anew', [2, 2], '+-+-', ['(down)', 'up', '(down)']],
  ['two of three, a success between', [2, 3], '+-+-', ['(down)', 'up', 'down']],
  ['two of three, too far apart', [2, 3], '+-++-', ['(down)', 'up', '(down)']],
  ['an alert ends when it is up', [2, 3], '+--+', ['(down)', 'still down', 'up']],
  [
    'as many as there can be',
    [20, 20],
    `+${'-'.repeat(20)}`,
    ['(down)', ...Array(18).fill('(still down)'), 'still down'],
  ],
];

for (const [name, [bad, of], outcomes, expected] of CASES) {
  test(`${bad} of ${of}: ${name}`, () => {
    const check = aCheck({ policies: policiesText({ after: { bad, of } }) });
    const { newId, changes } = aLedger();
    [...outcomes].forEach((outcome, i) => {
      const at = T + i * 1000;
      // What is no outcome counts for none.
      for (const action of ['start', 'log'] as const) applyPing(check, aPing(at, { action }), newId, changes);
      applyPing(check, aPing(at, { action: outcome === '+' ? 'success' : 'fail' }), newId, changes);
      assert.equal(check.status, outcome === '+' ? 'up' : 'down', 'the status tells the truth');
    });
    assert.deepEqual(words(changes.announced), expected);
    assert.equal(isDamped(check), expected.at(-1)?.startsWith('(') ?? false);
  });
}

test('it is said how much is missing', () => {
  const check = aCheck({
    policies: policiesText({ after: { bad: 2, of: 5 } }),
    status: 'up',
    last_ping: T - 1,
  });
  const { newId, changes } = aLedger();
  applyPing(check, aPing(T, { action: 'fail' }), newId, changes);
  const [one] = changes.announced;
  assert.equal(one?.what === 'flip' && one.damped, '1 of the last 5 outcomes bad, an alert takes 2');
});

test('checks without the policy remember nothing', () => {
  const check = aCheck({ policies: policiesText({ longest_run: 5 }) });
  const { newId, changes } = aLedger();
  applyPing(check, aPing(T, { action: 'fail' }), newId, changes);
  assert.deepEqual([check.outcomes, check.breaches, words(changes.announced)], [0, 0, ['down']]);
});
