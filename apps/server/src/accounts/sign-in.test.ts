import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from '../testing/test-context.ts';
import { testContext } from '../testing/test-context.ts';
import { hashPassword } from './passwords.ts';
import { RateLimited } from './rate-limit.ts';
import { hashToken } from './secret-token.ts';
import { findSession, sessionId, sessionsOf } from './sessions.ts';
import { Gate } from './sign-in.ts';

const ALICE = 'alice@example.org';
const PASSWORD = 'correct horse';
const password = await hashPassword(PASSWORD);
const HOUR = 3_600_000;
/** Passwords that cost no time. */
const EASY = {
  hash: async (given: string) => given,
  verify: async (given: string) => given === PASSWORD,
};

function from(remoteAddr: string) {
  return { remoteAddr, userAgent: 'test' };
}

async function withAlice(): Promise<TestContext & { gate: Gate; userId: number }> {
  const test = await testContext();
  const user = { email: ALICE, name: 'Alice', password, timeZone: 'UTC' };
  const { id } = await test.writer.run('accounts.register', user);
  return { ...test, gate: new Gate(test.context), userId: id };
}

describe('signing in', () => {
  it('opens a session of which only the hash is kept', async () => {
    await using test = await withAlice();
    const { token } = await test.gate.signIn(ALICE, PASSWORD, from('192.0.2.1'));
    const found = await findSession(test.store.db, token, test.clock.now());
    assert.equal(found?.user.email, ALICE);
    assert.equal(found?.session.hash, hashToken(token));
    assert.ok(
      !JSON.stringify(await test.store.db.selectFrom('sessions').selectAll().execute()).includes(token),
    );
  });

  it('does not tell a wrong password from an unknown address', async () => {
    await using test = await withAlice();
    const wrong = /^AppError: the e-mail address or the password is wrong$/;
    await assert.rejects(test.gate.signIn(ALICE, 'wrong horse', from('192.0.2.1')), wrong);
    await assert.rejects(test.gate.signIn('bob@example.org', PASSWORD, from('192.0.2.1')), wrong);
  });

  it('is limited to 10 tries an hour for an e-mail address, wherever they come from', async () => {
    await using test = await withAlice();
    const gate = new Gate(test.context, EASY);
    for (let i = 0; i < 10; i++) {
      await assert.rejects(gate.signIn(ALICE, 'wrong horse', from(`192.0.2.${i}`)), /is wrong/);
    }
    await assert.rejects(gate.signIn(ALICE, PASSWORD, from('192.0.2.99')), RateLimited);
    await test.clock.advance(HOUR);
    await gate.signIn(ALICE, PASSWORD, from('192.0.2.99'));
  });

  it('is limited to 20 tries an hour from an address, whomever they are for', async () => {
    await using test = await withAlice();
    const gate = new Gate(test.context, EASY);
    for (let i = 0; i < 20; i++) {
      await assert.rejects(gate.signIn(`${i}@example.org`, 'x', from(`2001:db8::${i + 1}`)), /is wrong/);
    }
    await assert.rejects(gate.signIn(ALICE, PASSWORD, from('2001:db8::ff')), RateLimited);
    await gate.signIn(ALICE, PASSWORD, from('192.0.2.1'));
  });

  it('ends the session unused for longest beyond a hundred', async () => {
    await using test = await withAlice();
    for (let i = 0; i < 101; i++) {
      const input = { ...from('192.0.2.1'), hash: hashToken(String(i)), userId: test.userId, password };
      await test.writer.run('sessions.open', input);
      await test.clock.advance(1);
    }
    const hashes = (await sessionsOf(test.store.db, test.userId)).map((session) => session.hash);
    assert.equal(hashes.length, 100);
    assert.ok(!hashes.includes(hashToken('0')));
  });
});

describe('a session', () => {
  it('is not opened by a password that is changed while it is checked', async () => {
    await using test = await withAlice();
    const change = { userId: test.userId, password: 'another', sessionHash: '', actor: 'user:x' };
    const gate = new Gate(test.context, {
      ...EASY,
      async verify() {
        await test.writer.run('accounts.password', change);
        return true;
      },
    });
    await assert.rejects(gate.signIn(ALICE, PASSWORD, from('192.0.2.1')), /changed meanwhile/);
    assert.deepEqual(await sessionsOf(test.store.db, test.userId), []);
  });

  it('ends two weeks after its last use', async () => {
    await using test = await withAlice();
    const { token } = await test.gate.signIn(ALICE, PASSWORD, from('192.0.2.1'));
    await test.clock.advance(13 * 24 * HOUR);
    await test.writer.run('sessions.touch', hashToken(token));
    await test.clock.advance(14 * 24 * HOUR - 1);
    assert.notEqual(await findSession(test.store.db, token, test.clock.now()), null);
    await test.clock.advance(1);
    assert.equal(await findSession(test.store.db, token, test.clock.now()), null);
  });

  it('is ended by its owner alone', async () => {
    await using test = await withAlice();
    const { token } = await test.gate.signIn(ALICE, PASSWORD, from('192.0.2.1'));
    const bob = { email: 'bob@example.org', name: 'Bob', password, timeZone: 'UTC' };
    const { id } = await test.writer.run('accounts.register', bob);
    const session = { id: sessionId({ hash: hashToken(token) }), actor: 'x' };
    await assert.rejects(test.writer.run('sessions.close', { ...session, userId: id }), /no such session/);
    await test.writer.run('sessions.close', { ...session, userId: test.userId });
    assert.equal(await findSession(test.store.db, token, test.clock.now()), null);
  });

  it('ends with a change of the password, but for the one that changed it', async () => {
    await using test = await withAlice();
    const one = await test.gate.signIn(ALICE, PASSWORD, from('192.0.2.1'));
    const two = await test.gate.signIn(ALICE, PASSWORD, from('192.0.2.1'));
    const sessionHash = hashToken(one.token);
    await test.writer.run('accounts.password', { userId: test.userId, password, sessionHash, actor: 'x' });
    assert.notEqual(await findSession(test.store.db, one.token, test.clock.now()), null);
    assert.equal(await findSession(test.store.db, two.token, test.clock.now()), null);
  });
});

describe('registration', () => {
  const bob = { email: 'bob@example.org', password: 'battery staple', name: 'Bob' };

  it('is closed unless the configuration opens it', async () => {
    await using test = await withAlice();
    await assert.rejects(test.gate.register(bob, from('192.0.2.1')), /registration is closed/);
    test.configure({ registrationOpen: true });
    const { user } = await test.gate.register(bob, from('192.0.2.1'));
    assert.equal(user.admin, 0);
    await assert.rejects(test.gate.register(bob, from('192.0.2.1')), /has an account already/);
  });
});
