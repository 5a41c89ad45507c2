import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matcherText, readMatcher } from './matcher-text.ts';

const CASES: [string, string | null][] = [
  ['team="db"', 'team="db"'],
  ['team=db', 'team="db"'],
  [' team != "a \\"b\\"" ', 'team!="a \\"b\\""'],
  ['instance=~"api-.*"', 'instance=~"api-.*"'],
  ['instance!~x|y', 'instance!~"x|y"'],
  ['empty=', 'empty=""'],
  ['bad="\\q"', 'bad="\\\\q"'],
  ['team', null],
  ['="db"', null],
];

for (const [text, read] of CASES) {
  test(`${text} is ${read}`, () => {
    const matcher = readMatcher(text);
    assert.equal(matcher === null ? null : matcherText(matcher), read);
  });
}
