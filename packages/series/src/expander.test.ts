import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expander } from './expander.ts';

const EXPANDED: readonly [expression: string, value: string, template: string, result: string | undefined][] =
  [
    ['(.*):(.*)', 'a:b', '$2-$1', 'b-a'],
    ['(.*):(.*)', 'ab', '$1', undefined],
    ['a', 'ab', 'x', undefined],
    ['(?P<name>a+)b', 'aab', '$name!', 'aa!'],
    ['(a)(b)?', 'a', '[$2]', '[]'],
    ['(a)', 'a', '$10', ''],
    ['(a)', 'a', '$\u007b1}0', 'a0'],
    ['(a)', 'a', '$0', 'a'],
    ['(a)', 'a', '$$1', '$1'],
    ['(a)', 'a', 'x$', 'x$'],
    ['(a)', 'a', '$-', '$-'],
    ['(.*)', 'a\nb', '$1', 'a\nb'],
    ['', '', 'set', 'set'],
  ];

for (const [expression, value, template, result] of EXPANDED)
  test(`${JSON.stringify(template)} of ${expression} in ${JSON.stringify(value)}`, () => {
    assert.equal(expander(expression)(value, template), result);
  });

test('what is no expression of RE2 is refused', () => {
  assert.throws(() => expander('(a'));
  assert.throws(() => expander('(a)\\1'));
});
