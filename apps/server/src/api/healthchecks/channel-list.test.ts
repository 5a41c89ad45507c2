import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readChannels } from './channel-list.ts';

const channels = [
  { id: 1, code: 'code-1', name: 'One' },
  { id: 2, code: 'code-2', name: 'Twin' },
  { id: 3, code: 'code-3', name: 'Twin' },
  { id: 4, code: 'code-4', name: 'code-1' },
];

describe('channels are named by', () => {
  for (const [text, ids] of [
    ['*', 'all'],
    ['', []],
    ['One', [1]],
    ['code-3,One,code-3', [3, 1]],
  ] as const) {
    it(`${JSON.stringify(text)}: ${ids}`, () => assert.deepEqual(readChannels(text, channels), ids));
  }

  for (const [text, message] of [
    [',', 'empty channel identifier'],
    ['One, code-2', 'invalid channel identifier:  code-2'],
    ['Twin', 'non-unique channel identifier: Twin'],
    ['code-1', 'non-unique channel identifier: code-1'],
  ] as const) {
    it(`${JSON.stringify(text)} not: ${message}`, () => {
      assert.throws(() => readChannels(text, channels), { code: 'invalid', message });
    });
  }
});
