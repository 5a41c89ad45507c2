import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Asked } from './ask.ts';

/** One question: an expression, and what it gives in the order of the answer. */
export type Row = readonly [expression: string, answer: string];

/** A test for each row, at so many minutes after the epoch. */
export function testAnswers(series: string, minutes: number, rows: readonly Row[]): void {
  const asked = new Asked(series);
  for (const [expression, answer] of rows)
    test(`${expression} at ${minutes} min is ${answer.replaceAll('\n', ', ')}`, async () => {
      assert.equal((await asked.at(minutes, expression)).text, answer);
    });
}
