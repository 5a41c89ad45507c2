import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PERIODS } from './period.ts';
import { readUnsubscribeToken, writeUnsubscribeToken } from './unsubscribe-token.ts';

const KEY = 'a secret key';

test('a token says whose report it ends, and fits into a URL', () => {
  for (const period of PERIODS) {
    const whose = { userId: 12, projectId: 2 ** 40, period };
    const token = writeUnsubscribeToken(KEY, whose);
    assert.match(token, /^[\w-]{39}$/);
    assert.deepEqual(readUnsubscribeToken(KEY, token), whose);
  }
});

test('a token that was changed, cut, or signed by another key is none', () => {
  const token = writeUnsubscribeToken(KEY, { userId: 1, projectId: 1, period: 'weekly' });
  const changed = [...token].map((letter, i) => {
    return token.slice(0, i) + (letter === 'A' ? 'B' : 'A') + token.slice(i + 1);
  });
  for (const other of [...changed, token.slice(1), `${token}A`, '', 'unsubscribe']) {
    assert.equal(readUnsubscribeToken(KEY, other), null, other);
  }
  assert.equal(readUnsubscribeToken('another key', token), null);
});
