import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sizeText } from './size.ts';

const cases: [number, string][] = [
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1_234, '1.2 kB'],
  [5_368_709_120, '5.4 GB'],
  [2e18, '2,000 PB'],
];

for (const [bytes, text] of cases) {
  test(`${bytes} bytes are "${text}"`, () => assert.equal(sizeText(bytes, 'en'), text));
}
