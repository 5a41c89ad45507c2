import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareNaturally } from './natural-order.ts';

const RISING = ['', '1', '2', '9', '10', 'a', 'a1', 'a1b', 'a2', 'a10', 'a10b2', 'a10b10', 'b'];

test('numbers in texts are ordered by size, everything else by its bytes', () => {
  for (const [left, a] of RISING.entries())
    for (const [right, b] of RISING.entries())
      assert.equal(Math.sign(compareNaturally(a, b)), Math.sign(left - right), `${a} and ${b}`);
});
