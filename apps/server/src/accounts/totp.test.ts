import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readBase32, writeBase32 } from './base32.ts';
import { newTotpSecret, stepAt, stepOfCode, totpCode, totpUri } from './totp.ts';

/** RFC 6238 appendix B: its secret, and the last six of its eight digits. */
const RFC_SECRET = writeBase32(Buffer.from('12345678901234567890'));
const RFC_CODES = [
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
] as const;

/** RFC 4648 section 10, without padding. */
const BASE32 = [
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
] as const;

describe('base32', () => {
  for (const [plain, text] of BASE32) {
    it(`writes ${JSON.stringify(plain)} as ${JSON.stringify(text)} and reads it again`, () => {
      assert.equal(writeBase32(Buffer.from(plain)), text);
      assert.equal(readBase32(text.toLowerCase()).toString(), plain);
    });
  }

  it('reads what people type', () => {
    assert.equal(readBase32('mzxw-6ytb oi').toString(), 'foobar');
  });
});

describe('a code of an app', () => {
  for (const [time, code] of RFC_CODES) {
    it(`is ${code} at ${time} s`, () => {
      assert.equal(totpCode(RFC_SECRET, stepAt(time * 1000)), code);
    });
  }

  it('holds one step before and after its own, and no longer', () => {
    const now = 1_234_567_890_000;
    const step = stepAt(now);
    const taken = [-2, -1, 0, 1, 2].map((by) =>
      stepOfCode(RFC_SECRET, totpCode(RFC_SECRET, step + by), now, 0),
    );
    assert.deepEqual(taken, [null, step - 1, step, step + 1, null]);
  });

  it('is refused once it was used, with those before it', () => {
    const now = 1_234_567_890_000;
    const step = stepAt(now);
    const after = (last: number, by: number) =>
      stepOfCode(RFC_SECRET, totpCode(RFC_SECRET, step + by), now, last);
    assert.equal(after(step, 0), null);
    assert.equal(after(step, -1), null);
    assert.equal(after(step, 1), step + 1);
  });

  it('is six digits and nothing else', () => {
    for (const code of ['', '28708', '2870822', 'abcdef', '２８７０８２']) {
      assert.equal(stepOfCode(RFC_SECRET, code, 59_000, 0), null, code);
    }
  });
});

describe('a secret', () => {
  it('has 160 bits, others each time', () => {
    assert.match(newTotpSecret(), /^[A-Z2-7]{32}$/);
    assert.notEqual(newTotpSecret(), newTotpSecret());
  });

  it('is told to apps as a URI whose name has one colon', () => {
    assert.equal(
      totpUri('ABCD', 'Ops: Vigie', 'a+b@example.org'),
      'otpauth://totp/Ops%20%20Vigie:a%2Bb%40example.org?secret=ABCD&issuer=Ops%20%20Vigie&algorithm=SHA1&digits=6&period=30',
    );
  });
});
