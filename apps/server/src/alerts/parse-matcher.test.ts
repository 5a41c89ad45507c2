import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError } from '../errors.ts';
import { matcherText } from './matchers.ts';
import { parseMatcher } from './parse-matcher.ts';

/** As typed; as it is written back. */
const MATCHERS: [string, string][] = [
  ['severity=critical', 'severity="critical"'],
  ['severity="critical"', 'severity="critical"'],
  [' check != "a b" ', 'check!="a b"'],
  ['check=', 'check=""'],
  ['instance=~web.*', 'instance=~"web.*"'],
  ['instance!~"h\\d+\\.example"', 'instance!~"h\\\\d+\\\\.example"'],
  ['summary="say \\"no\\"\\n"', 'summary="say \\"no\\"\\n"'],
  ['"a name"="x"', 'a name="x"'],
  ['expr=a=b', 'expr="a=b"'],
  ['größe=1', 'größe="1"'],
];

for (const [typed, meant] of MATCHERS) {
  test(`${typed} is ${meant}`, () => assert.equal(matcherText(parseMatcher(typed, 'filter')), meant));
}

test('what is no matcher is named', () => {
  for (const text of ['', 'severity', '=x', 'a b=c', 'a="b', 'a=b"', '{a="b"}']) {
    assert.throws(
      () => parseMatcher(text, 'filter'),
      (error) => error instanceof AppError && error.code === 'invalid' && error.field === 'filter',
      text,
    );
  }
});
