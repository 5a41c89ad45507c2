import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Asked } from '../testing/ask.ts';
import { testAnswers } from '../testing/ask-table.ts';

testAnswers('a 1\nh {{sum:1 count:1}}', 0, [
  ['absent(a)', 'nothing'],
  ['absent(h)', 'nothing'],
  ['absent(b{x="1", y=~"2", z!="3"})', '{x="1"} 1'],
  ['absent(b{x="1", x="2", y="3"})', '{y="3"} 1'],
  ['absent((b{x="1"}))', '{x="1"} 1'],
  ['absent(sum(b{x="1"}))', '{} 1'],
  ['absent_over_time(a[1m])', 'nothing'],
  ['absent_over_time(b{x="1"}[1m])', '{x="1"} 1'],
  ['absent_over_time(b{x="1"}[1m:])', '{} 1'],
]);

test('over a range, absence is told for the steps without anything', async () => {
  const asked = new Asked('a _ 1 _ 1\nb _ _ 1');
  assert.equal((await asked.until(4, 'absent_over_time({__name__=~"a|b"}[1m])')).text, '{} 1 1');
  assert.equal((await asked.until(2, 'absent(a)')).text, '{} 1');
});
