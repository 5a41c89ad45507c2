import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { badgeAddresses } from './addresses.ts';
import { readSignature, signatureOf } from './signature.ts';

describe('the signature of a badge', () => {
  // Made with Python's hmac and base64 by the rule that signature.ts tells.
  for (const [badgeKey, secretKey, tag, signature] of [
    ['abc', 'secret', '*', 'n4Cp1eq0'],
    ['abc', 'secret', 'db@dc1', 'XPa3Twe8'],
    ['0cab08fe-03f4-48c2-a927-90493fa0b2f2', 'a secret key', 'été', 'yrraZFGB'],
  ] as const) {
    it(`of ${tag} is ${signature}`, () => assert.equal(signatureOf(secretKey, badgeKey, tag), signature));
  }

  for (const [text, signature, threeStates] of [
    ['abcdefgh', 'abcdefgh', true],
    ['abcdefgh-2', 'abcdefgh', false],
    ['abcdefgh-3', 'abcdefgh', true],
    ['abcdef-2', 'abcdef-2', true],
    ['abcdefghij-2', 'abcdefgh', true],
    ['short', 'short', true],
  ] as const) {
    it(`${text} asks for ${threeStates ? 'three' : 'two'} states`, () => {
      assert.deepEqual(readSignature(text), { signature, threeStates });
    });
  }
});

describe('the address of a badge', () => {
  const options = { baseUrl: 'http://x', secretKey: 'secret', badgeKey: 'abc' };

  it('of the whole project has no tag', () => {
    assert.equal(
      badgeAddresses(options, '*')['svg3'],
      `http://x/badge/abc/${signatureOf('secret', 'abc', '*')}.svg`,
    );
  });

  it('has its tag encoded twice', () => {
    const signature = signatureOf('secret', 'abc', 'db@dc1');
    assert.equal(
      badgeAddresses(options, 'db@dc1')['json'],
      `http://x/badge/abc/${signature}-2/db%2540dc1.json`,
    );
  });
});
