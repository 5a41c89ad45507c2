import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backoff } from './backoff.ts';

const CASES: [first: number, failures: number, random: number, delay: number][] = [
  [10_000, 1, 0, 5000],
  [10_000, 1, 1, 10_000],
  [10_000, 2, 1, 20_000],
  [10_000, 3, 0.5, 30_000],
  [10_000, 6, 1, 300_000],
  [10_000, 1_000_000, 1, 300_000],
];
for (const [first, failures, random, delay] of CASES) {
  test(`after ${failures} failures, and with the chance ${random}, it waits ${delay} ms`, () => {
    assert.equal(backoff(first, failures, random), delay);
  });
}
