import assert from 'node:assert/strict';
import { test } from 'node:test';
import { translator } from './format.ts';

const message = { en: 'Sure? Yes: “{name}”; {count} !', fr: 'Sûr ? Oui : « {name} » ; {count} !' };

test('French double signs never begin a line', () => {
  const text = translator('fr')(message, { name: 'a', count: 1 });
  assert.equal(text, 'Sûr\u00a0? Oui\u00a0: «\u00a0a\u00a0»\u00a0; 1\u00a0!');
});

test('other languages stay as they are', () => {
  assert.equal(translator('en')(message, { name: 'a', count: 1 }), 'Sure? Yes: “a”; 1 !');
});

for (const [what, text, values, said] of [
  ['names are filled in, also twice', '{a} and { b }, {a}', { a: 'x', b: 2 }, 'x and 2, x'],
  ['what is filled in is not read again', '{a}', { a: "{b} '<i>" }, "{b} '<i>"],
  [
    'plurals',
    '{count, plural, one {# check} other {# checks}} of {name}',
    { count: 1, name: 'a' },
    '1 check of a',
  ],
  [
    'large numbers of plurals',
    '{count, plural, one {# check} other {# checks}}',
    { count: 1200 },
    '1,200 checks',
  ],
  ['quoted braces', "say '{'{a}'}'", { a: 'x' }, 'say {x}'],
] as const) {
  test(what, () => assert.equal(translator('en')({ en: text, fr: text }, values), said));
}

test('a value that is missing is a bug', () => {
  for (const text of ['{name}', '{count, plural, other {# of {name}}}']) {
    assert.throws(() => translator('en')({ en: text, fr: text }, { count: 1 }), /name/);
  }
});
