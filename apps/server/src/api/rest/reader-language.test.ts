import assert from 'node:assert/strict';
import { test } from 'node:test';
import { preferred } from './reader-language.ts';

const CASES: [wanted: string, language: string][] = [
  ['', 'en'],
  ['*', 'en'],
  ['de', 'en'],
  ['fr', 'fr'],
  ['FR-ca', 'fr'],
  ['frr', 'en'],
  ['de, fr;q=0.8', 'fr'],
  ['en;q=0.5,fr;q=0.7', 'fr'],
  ['en, fr', 'en'],
  ['fr;q=0', 'en'],
  ['fr;q=x', 'en'],
  ['fr;q=0.9, en', 'en'],
];

for (const [wanted, language] of CASES) {
  test(`"${wanted}" reads ${language}`, () => assert.equal(preferred(wanted), language));
}
