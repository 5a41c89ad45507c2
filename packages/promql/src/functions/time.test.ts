import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Asked } from '../testing/ask.ts';
import { testAnswers } from '../testing/ask-table.ts';

testAnswers('a@st -30s\na 1\nb 1 2', 1, [
  ['time()', 'scalar 60'],
  ['timestamp(a)', '{} 0'],
  ['timestamp((a))', '{} 0'],
  ['timestamp(a * 1)', '{} 60'],
  ['start()', 'scalar 60'],
  ['end()', 'scalar 60'],
  ['step()', 'scalar 0'],
  ['range()', 'scalar 0'],
  ['start_timestamp(a)', '{} -30'],
]);

test('a range query knows its ends, its step and its length', async () => {
  const asked = new Asked('a 1');
  const answers = ['start()', 'end()', 'step()', 'range()', 'time()'].map(
    async (text) => (await asked.until(2, text)).text,
  );
  assert.deepEqual(await Promise.all(answers), [
    '{} 0 0 0',
    '{} 120 120 120',
    '{} 60 60 60',
    '{} 120 120 120',
    '{} 0 60 120',
  ]);
});
