/** The writes of accounts, the same on every engine. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { type Commands, createCommands } from '../../src/commands.ts';
import type { Writer } from '../../src/store/command.ts';
import { inlineWriter } from '../../src/store/inline-writer.ts';
import { migrate, type Store } from '../../src/store/open.ts';
import { FakeClock } from '../../src/testing/fake-clock.ts';
import type { OpenFresh } from './fresh-store.ts';

const T = Date.UTC(2026, 6, 15, 12);
const HOUR = 3_600_000;
const ACTOR = 'user:alice@example.org';

interface Bench {
  store: Store;
  clock: FakeClock;
  writer: Writer<Commands>;
  userId: number;
}

async function prepare(store: Store): Promise<Bench> {
  await migrate(store);
  const clock = new FakeClock(T);
  const commands = createCommands({ checkLimit: 1000 });
  const writer = inlineWriter(store, { commands, clock, newId: randomUUID, onEffects: () => undefined });
  const alice = { email: 'alice@example.org', name: 'Alice', password: 'x', timeZone: 'UTC' };
  const { id, theme } = await writer.run('accounts.register', alice);
  assert.equal(theme, 'system');
  return { store, clock, writer, userId: id };
}

/** Tests of accounts against a fresh store of one engine. */
export function accountSuite(name: string, fresh: OpenFresh): void {
  const on = (what: string, run: (bench: Bench) => Promise<void>) =>
    test(`${name}: ${what}`, async () => {
      await using stack = new AsyncDisposableStack();
      const { store } = stack.adopt(await fresh(), (opened) => opened.close());
      await run(await prepare(store));
    });

  on('a second factor is begun anew until it is on, and then not', async ({ writer, userId, store }) => {
    const ofAlice = { userId, actor: ACTOR };
    await writer.run('secondFactor.start', { userId, secret: 'first' });
    await writer.run('secondFactor.start', { userId, secret: 'second' });
    const confirm = { ...ofAlice, step: 5, recoveryHashes: ['a', 'b'] };
    await assert.rejects(
      writer.run('secondFactor.confirm', { ...confirm, secret: 'first' }),
      /anew meanwhile/,
    );
    await writer.run('secondFactor.confirm', { ...confirm, secret: 'second' });
    await assert.rejects(writer.run('secondFactor.start', { userId, secret: 'third' }), /is on already/);
    await writer.run('secondFactor.codes', { ...ofAlice, recoveryHashes: ['c'] });
    const codes = await store.db.selectFrom('recovery_codes').selectAll().execute();
    assert.deepEqual(
      codes.map(({ hash }) => hash),
      ['c'],
    );
    await writer.run('secondFactor.drop', ofAlice);
    await assert.rejects(writer.run('secondFactor.drop', ofAlice), /no second factor/);
    assert.deepEqual(await store.db.selectFrom('recovery_codes').selectAll().execute(), []);
  });

  on('a code is taken once, and none that is older', async ({ writer, userId }) => {
    const ofAlice = { userId, actor: ACTOR };
    await writer.run('secondFactor.start', { userId, secret: 's' });
    await writer.run('secondFactor.confirm', { ...ofAlice, secret: 's', step: 5, recoveryHashes: ['a'] });
    const take = (step: number) => writer.run('secondFactor.take', { ...ofAlice, shown: { step } });
    assert.deepEqual(await Promise.all([5, 6, 6, 4, 7].map(take)), [false, true, false, false, true]);
    const recover = (recoveryHash: string) =>
      writer.run('secondFactor.take', { ...ofAlice, shown: { recoveryHash } });
    assert.deepEqual(await Promise.all(['a', 'a', 'b'].map(recover)), [true, false, false]);
  });

  on('a passkey is kept once, and its challenge is answered once', async ({ writer, userId, clock }) => {
    const passkey = {
      credential: 'id',
      public_key: 'k',
      counter: 0,
      transports: '[]',
      name: 'n',
      synced: 0,
    } as const;
    const challenge = (hash: string) => ({ hash, end: clock.now() + 1000 });
    const add = (hash: string) =>
      writer.run('passkeys.add', { userId, actor: ACTOR, challenge: challenge(hash), passkey });
    const { id, code } = await add('one');
    await assert.rejects(add('one'), /used already/);
    await assert.rejects(add('two'), /known already/);
    const use = (hash: string) => writer.run('passkeys.use', { id, counter: 3, challenge: challenge(hash) });
    await use('two');
    await assert.rejects(use('two'), /used already/);
    const renamed = await writer.run('passkeys.rename', { userId, code, actor: ACTOR, name: 'other' });
    assert.deepEqual([renamed.name, renamed.counter, renamed.last_used_at], ['other', 3, T]);
    await writer.run('passkeys.remove', { userId, code, actor: ACTOR });
    await assert.rejects(use('three'), /not known/);
  });

  on('a link to a new password leads in once', async ({ writer, userId, store }) => {
    const keep = (hash: string) => writer.run('password.keepReset', { hash, userId, actor: 'x' });
    await keep('one');
    await keep('two');
    await keep('two');
    const reset = (hash: string) => writer.run('password.reset', { hash, password: 'new' });
    await assert.rejects(reset('one'), /replaced by a later one/);
    assert.equal((await reset('two')).password, 'new');
    await assert.rejects(reset('two'), /was used/);
    const links = await store.db
      .selectFrom('audit_log')
      .select('id')
      .where('action', '=', 'password.reset-link')
      .execute();
    assert.equal(links.length, 2, 'the link that was said again is the same one');
  });

  on('a mail that waits is settled by whoever has it', async ({ writer, store, clock }) => {
    await writer.run('password.forgot', 'alice@example.org');
    const claim = async (owner: string) => {
      const { claims } = await writer.run('work.claim', { kind: 'mail', owner, lease: 1000, limit: 5 });
      return claims[0];
    };
    const first = await claim('one');
    assert.equal(await claim('two'), undefined);
    await clock.advance(1000);
    const second = await claim('two');
    assert.ok(first !== undefined && second !== undefined);
    assert.equal(await writer.run('mails.settle', { ...first, result: { state: 'sent' } }), false);
    const again = { state: 'again', error: 'later', at: clock.now() + HOUR } as const;
    assert.equal(await writer.run('mails.settle', { ...second, result: again }), true);
    const mails = await store.db.selectFrom('mails').selectAll().execute();
    assert.deepEqual(
      mails.map(({ tries, error, created_at, expires_at }) => [tries, error, created_at, expires_at]),
      [[1, 'later', T, T + HOUR]],
    );
    await clock.advance(HOUR);
    const third = await claim('two');
    assert.ok(third !== undefined);
    await writer.run('mails.settle', { ...third, result: { state: 'failed', error: 'gone' } });
    assert.deepEqual(await store.db.selectFrom('mails').selectAll().execute(), []);
    assert.deepEqual(await store.db.selectFrom('work').selectAll().execute(), []);
  });
}
