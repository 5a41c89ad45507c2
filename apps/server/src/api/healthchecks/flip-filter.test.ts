import assert from 'node:assert/strict';
import { it } from 'node:test';
import { readFlipRange } from './flip-filter.ts';

/** Epoch ms. */
const NOW = 1_000_500;

for (const [query, range] of [
  ['', { from: 0 }],
  ['start=10', { from: 10_000 }],
  ['end=10', { from: 0, until: 10_000 }],
  ['seconds=10', { from: 990_500 }],
  ['seconds=', { from: 0 }],
  ['seconds=0', { from: 0 }],
  ['start=999&seconds=10', { from: 999_000 }],
  ['start=10&start=20', { from: 20_000 }],
  ['start=', null],
  ['end=', null],
  ['start=-1', null],
  ['start= 1', null],
  ['start=1e3', null],
  ['start=10000000001', null],
  ['end=10000000001', null],
  ['seconds=31536001', null],
] as const) {
  it(`?${query} is ${JSON.stringify(range)}`, () => {
    assert.deepEqual(readFlipRange(new URLSearchParams(query), NOW), range);
  });
}
