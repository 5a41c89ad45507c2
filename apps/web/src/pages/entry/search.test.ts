import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readNext } from './search.ts';

describe('the page after signing in', () => {
  for (const next of ['/', '/checks?q=a%2Fb#x', '/checks/é//x']) {
    it(`may be ${next}`, () => assert.deepEqual(readNext({ next }), { next }));
  }

  for (const next of [
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '',
    7,
  ]) {
    it(`is never ${JSON.stringify(next)}`, () => assert.deepEqual(readNext({ next }), {}));
  }
});
