import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { requestOrigin } from './same-origin.ts';

const cases: [name: string, headers: Record<string, string>, expected: string][] = [
  ['no browser', {}, 'unknown'],
  ['our page', { 'sec-fetch-site': 'same-origin' }, 'own'],
  ['a bookmark', { 'sec-fetch-site': 'none' }, 'own'],
  ['another site', { 'sec-fetch-site': 'cross-site' }, 'foreign'],
  ['another port of our host', { 'sec-fetch-site': 'same-site' }, 'foreign'],
  [
    'another site that calls itself ours',
    { 'sec-fetch-site': 'cross-site', origin: 'http://vigie:8000' },
    'foreign',
  ],
  ['our host by name', { origin: 'http://vigie:8000', host: 'vigie:8000' }, 'own'],
  ['our base URL behind a proxy', { origin: 'https://vigie.example.org', host: 'backend' }, 'own'],
  ['another port', { origin: 'http://vigie:3000', host: 'vigie:8000' }, 'foreign'],
  ['another origin', { origin: 'https://evil.example', host: 'vigie:8000' }, 'foreign'],
  ['an opaque origin', { origin: 'null', host: 'vigie:8000' }, 'foreign'],
];

describe('the origin of a request', () => {
  for (const [name, headers, expected] of cases) {
    it(`is ${expected} for ${name}`, () => {
      assert.equal(requestOrigin(headers, 'https://vigie.example.org'), expected);
    });
  }
});
