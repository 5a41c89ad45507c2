import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAckToken, writeAckToken } from './ack-token.ts';

const KEY = 'a secret key for tests only';
const LINK = { alertId: Date.UTC(2026, 6, 15) * 1000 + 7, channelId: 12 };

test('a token says what it was written for, and is fit for a URL', () => {
  for (const link of [LINK, { alertId: 1, channelId: 1 }, { alertId: 2 ** 53 - 1, channelId: 2 ** 40 - 1 }]) {
    const token = writeAckToken(KEY, link);
    assert.match(token, /^[\w-]{38}$/);
    assert.deepEqual(readAckToken(KEY, token), link);
  }
  assert.equal(writeAckToken(KEY, LINK), writeAckToken(KEY, LINK), 'each try of a message has the same link');
});

test('a token changed in any bit, or of another key, is none', () => {
  const token = writeAckToken(KEY, LINK);
  const bytes = Buffer.from(token, 'base64url');
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    assert.equal(readAckToken(KEY, changed.toString('base64url')), null, `bit ${bit}`);
  }
  assert.equal(readAckToken('another key', token), null);
  for (const other of [
    '',
    'x',
    `${token}A`,
    `${token}=`,
    token.slice(1),
    ` ${token}`,
    '\u0000',
    'é'.repeat(38),
  ]) {
    assert.equal(readAckToken(KEY, other), null, JSON.stringify(other));
  }
});
