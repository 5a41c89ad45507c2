import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Asked } from '../testing/ask.ts';
import { testAnswers } from '../testing/ask-table.ts';

testAnswers('line 0+10x5\nmade 1 3 2 6\none _ _ _ _ _ 5', 5, [
  ['double_exponential_smoothing(line[6m], 0.01, 0.1)', '{} 50'],
  /** Levels and trends: 1 and 2, 3 and 2, 3.5 and 2, 5.375 with a trend of 1.25. */
  ['double_exponential_smoothing(made[6m], 0.5, 0.5)', '{} 5.375'],
  ['double_exponential_smoothing(one[6m], 0.5, 0.5)', 'nothing'],
]);

for (const [text, message] of [
  ['line[6m], 0, 0.5', 'invalid smoothing factor. Expected: 0 < sf < 1, got: 0.000000'],
  ['line[6m], 0.5, 1', 'invalid trend factor. Expected: 0 < tf < 1, got: 1.000000'],
])
  test(`smoothing with ${text} is refused`, async () => {
    const asked = new Asked('line 0+10x5');
    const expression = `double_exponential_smoothing(${text})`;
    await assert.rejects(asked.at(5, expression), { name: 'ExecutionError', message });
  });
