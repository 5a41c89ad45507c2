import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Labels } from '@vigie/series';
import { shareOf, xxHash64 } from './label-hash.ts';

/** Of the specification's own test vectors and of texts that pass each of its branches. */
const HASHES = [
  ['', 'ef46db3751d8e999'],
  ['a', 'd24ec4f1a98c6e5b'],
  ['abc', '44bc2cf5ad770999'],
  ['abcdefghijklmnopqrstuvwxyz', 'cfe1f278fa89835c'],
  ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 'aaa46907d3047814'],
] as const;

test('the hash of bytes is that of its specification', () => {
  for (const [text, hash] of HASHES)
    assert.equal(xxHash64(new TextEncoder().encode(text)).toString(16), hash, text);
});

test('a label set has a place between 0 and 1, and where a name ends makes a difference', () => {
  const places = [
    ['a', 'bc'],
    ['ab', 'c'],
    ['a', 'b', 'c', 'd'],
  ].map((each) => shareOf(Labels.fromPairs(each)));
  for (const place of places) assert.ok(place >= 0 && place <= 1);
  assert.equal(new Set(places).size, 3);
});
