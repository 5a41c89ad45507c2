import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Matcher,
  matcherTest,
  matcherText,
  requireBounded,
  testOf,
  testOfMatchers,
} from './matchers.ts';
import { Steps } from './steps.ts';

const LABELS = { severity: 'critical', name: 'Été 1', empty: '', lines: 'a\nb' };

/** `severity=~crit.*` as a matcher: unquoted, for tables. */
function matcher(text: string): Matcher {
  const [, name = '', operator = '', value = ''] = /^(.*?)(=~|!~|!=|=)(.*)$/s.exec(text) ?? [];
  return { name, value, isRegex: operator.endsWith('~'), isEqual: operator.startsWith('=') };
}

const CASES: [string, boolean][] = [
  ['severity=critical', true],
  ['severity=crit', false],
  ['severity!=critical', false],
  ['severity!=error', true],
  // Anchored, alternatives too.
  ['severity=~crit', false],
  ['severity=~crit.*', true],
  ['severity=~ritica|critical', true],
  ['severity=~critical|x', true],
  ['severity=~crit|ical', false],
  ['severity!~crit', true],
  ['severity!~crit.*', false],
  // A label that is missing, or empty, is the empty text.
  ['missing=', true],
  ['missing!=', false],
  ['missing=~', true],
  ['missing=~.*', true],
  ['missing=~.+', false],
  ['missing!~.+', true],
  ['missing!=x', true],
  ['empty=', true],
  // RE2's own syntax.
  ['severity=~(?i)CRITICAL', true],
  ['severity=~(?i:C)ritical', true],
  ['severity=~CRITICAL', false],
  ['name=~\\pL+ \\d', true],
  ['name=~\\p{Lu}\\p{Ll}+ [[:digit:]]', true],
  ['severity=~critical\\z', true],
  ['severity=~^critical$', true],
  ['lines=~a.b', false],
  ['lines=~(?s)a.b', true],
  ['severity=~\\Qcritical\\E', true],
  // What every object has is no label.
  ['constructor=', true],
  ['toString=~.+', false],
  ['__proto__=~', true],
];

for (const [text, expected] of CASES) {
  test(`${text} ${expected ? 'matches' : 'does not match'}`, () => {
    assert.equal(matcherTest(matcher(text))(LABELS), expected);
  });
}

for (const expression of ['(', 'a{1001}', '(?=a)', '(a)\\1', '((a{1000}){1000})', '*', '[z-a]', '\\']) {
  test(`${expression} is refused: it is no expression of RE2`, () => {
    assert.throws(() => matcherTest({ name: 'a', value: expression, isRegex: true, isEqual: true }), {
      code: 'invalid',
      message: /RE2/,
    });
  });
}

// An engine that tries every way through the text would not come back from these.
for (const expression of ['(a+)+', '(a|aa)*c', '(a*)*b', '(a?){500}a{500}', '(x+x+)+y|(a+a+)+y']) {
  test(`${expression} on a long text comes to an end`, { timeout: 20_000 }, () => {
    const matches = matcherTest({ name: 'a', value: expression, isRegex: true, isEqual: true });
    assert.equal(matches({ a: `${'a'.repeat(20_000)}!` }), false);
  });
}

test('an expression that is too large for a label so long matches nothing, and takes no time', {
  timeout: 2_000,
}, () => {
  const large = { name: 'a', value: '((.?.?.?.?){480})*y', isRegex: true, isEqual: true };
  for (const isEqual of [true, false]) {
    const test = testOfMatchers([{ ...large, isEqual }]);
    for (let i = 0; i < 100; i++) assert.equal(test({ a: 'x'.repeat(4_096) }), false);
    assert.equal(test({ a: 'x' }), !isEqual);
  }
  assert.equal(testOfMatchers([{ ...large, isEqual: false }])({}), true);
  // All of a list share the bound.
  const small = { ...large, value: '(.?){10}' };
  assert.equal(testOfMatchers(Array(50).fill(small))({ a: 'x'.repeat(10) }), true);
  assert.equal(testOfMatchers(Array(50).fill(small))({ a: 'x'.repeat(1_000) }), false);
});

test('what costs nothing is looked at first: an expression is tried where all else holds', () => {
  const steps = Steps.forCall(1_000);
  const test = testOf(JSON.stringify([matcher('name=~.*'), matcher('severity=error')]));
  for (let i = 0; i < 1_000; i++) assert.equal(test(LABELS, steps), false);
  assert.equal(steps.isExhausted, false);
});

test('expressions that are too large together are refused', () => {
  const matcher = { name: 'a', value: '(a?){900}', isRegex: true, isEqual: true };
  requireBounded([matcher]);
  assert.throws(() => requireBounded([matcher, matcher]), { code: 'invalid', message: /too large/ });
});

test('a stored list holds when all of it does, and an empty one always', () => {
  const list = (...texts: string[]): string => JSON.stringify(texts.map(matcher));
  assert.equal(testOf(list('severity=critical', 'name=~É.*'))(LABELS), true);
  assert.equal(testOf(list('severity=critical', 'name=x'))(LABELS), false);
  assert.equal(testOf('[]')({}), true);
});

test('more lists than are kept compiled give what they gave', () => {
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < 3_000; i++) {
      const stored = JSON.stringify([matcher(`n=${i}`)]);
      assert.equal(testOf(stored)({ n: String(i) }), true);
      assert.equal(testOf(stored)({ n: String(i + 1) }), false);
    }
  }
});

for (const text of ['severity="critical"', 'a!="b"', 'a=~"b|c"', 'a!~"\\"x\\\\"']) {
  test(`${text} is how people read it`, () => {
    const [, name = '', operator = '', value = ''] = /^(\w+)(=~|!~|!=|=)(.*)$/.exec(text) ?? [];
    const parsed: unknown = JSON.parse(value);
    assert.equal(matcherText(matcher(`${name}${operator}${String(parsed)}`)), text);
  });
}
