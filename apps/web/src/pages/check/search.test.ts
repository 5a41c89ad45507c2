import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSearch } from './search.ts';

const addresses: [Record<string, unknown>, object][] = [
  [{}, {}],
  [
    { first: true, kind: 'flip', ping: 12, way: 'python', days: 30 },
    { first: true, kind: 'flip', ping: 12, way: 'python', days: 30 },
  ],
  [{ first: 'yes', kind: 'x', ping: -1, way: '', days: 3, other: 1 }, {}],
  [{ ping: 1.5 }, {}],
];

for (const [search, expected] of addresses) {
  test(`read of the address: ${JSON.stringify(search)}`, () =>
    assert.deepEqual(readSearch(search), expected));
}
