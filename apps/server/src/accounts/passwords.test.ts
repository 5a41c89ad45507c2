import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hashPassword, verifyPassword } from './passwords.ts';

describe('passwords', () => {
  it('are kept as Argon2id in PHC form with a salt of their own', async () => {
    const [one, two] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);
    assert.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    assert.notEqual(one, two);
    assert.equal(await verifyPassword('correct horse', one), true);
    assert.equal(await verifyPassword('correct horsf', one), false);
  });

  it('verify with the parameters they were made with', async () => {
    // Known answer of the reference implementation for "password" and "somesalt".
    const phc = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4';
    assert.equal(await verifyPassword('password', phc), true);
  });

  for (const [name, phc] of [
    ['no account', null],
    ['an empty hash', ''],
    ['another algorithm', '$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEg'],
    ['an absurd cost', '$argon2id$v=19$m=99999999,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEg'],
  ] as const) {
    it(`match nothing against ${name}`, async () => {
      assert.equal(await verifyPassword('password', phc), false);
    });
  }

  it('are refused when a hundred wait already', async () => {
    const all = await Promise.allSettled(Array.from({ length: 110 }, () => verifyPassword('x', CHEAP)));
    const refused = all.filter((one) => one.status === 'rejected');
    assert.equal(refused.length, 8);
    assert.match(String(refused[0]?.reason), /too many sign-ins at once/);
    assert.equal(await verifyPassword('x', CHEAP), false);
  });
});

/** Eight KiB and one pass: fast. */
const CHEAP = '$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEg';
