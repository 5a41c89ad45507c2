import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { flipWord } from './flip-words.ts';

describe('the word for a flip', () => {
  for (const [from, to, word] of [
    ['up', 'down', 'went down'],
    ['down', 'up', 'came back'],
    ['new', 'up', 'came up'],
    ['paused', 'up', 'came up'],
    ['down', 'paused', 'was paused'],
    ['paused', 'new', 'waits for a ping'],
  ] as const) {
    it(`from ${from} to ${to} is "${word}"`, () => assert.equal(flipWord({ from, to }).en, word));
  }
});
