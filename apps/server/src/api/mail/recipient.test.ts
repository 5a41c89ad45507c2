import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRecipient } from './recipient.ts';

const CODE = '1f0e2f5a-3c1b-4d2e-9a3f-0123456789ab';
const KEY = 'Abcdefghijklmnopqr-_12';
const BY_CODE = { target: { code: CODE } };
const BY_SLUG = { target: { pingKey: KEY, slug: 'db-backup_1', create: false } };
const REJECTED = { refusal: 'Recipient rejected' };
const INVALID = { refusal: 'Invalid mailbox' };

const CASES: [string, object][] = [
  [`${CODE}@ping.test`, BY_CODE],
  [`${CODE.toUpperCase()}@ping.test`, BY_CODE],
  [`${CODE}@PING.test`, BY_CODE],
  [`${KEY}+db-backup_1@ping.test`, BY_SLUG],
  [`${CODE}@other.test`, REJECTED],
  [`${CODE}@sub.ping.test`, REJECTED],
  [CODE, REJECTED],
  ['', REJECTED],
  ['nobody@ping.test', INVALID],
  ['@ping.test', INVALID],
  [`${CODE.replaceAll('-', '')}@ping.test`, INVALID],
  [`${CODE.replace('-4', '-1')}@ping.test`, INVALID],
  [`${CODE}x@ping.test`, INVALID],
  [`${KEY}+Upper@ping.test`, INVALID],
  [`${KEY}+@ping.test`, INVALID],
  [`${KEY}x+slug@ping.test`, INVALID],
  [`${KEY.slice(1)}+slug@ping.test`, INVALID],
  [`${CODE}@other.test@ping.test`, INVALID],
];

for (const [address, expected] of CASES) {
  test(`${address || 'an empty address'} reads as ${JSON.stringify(expected)}`, () => {
    assert.deepEqual(readRecipient(address, 'ping.test'), expected);
  });
}
