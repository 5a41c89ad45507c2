import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type TestContext, testContext } from '../../testing/test-context.ts';
import { DeliveryError } from '../failure.ts';
import { MAIL_WORK, mailsBy } from './mail-queue.ts';
import { type MailSender, type MailSenderOptions, mailSender } from './mail-sender.ts';
import type { OutgoingMail } from './mailer.ts';

const HOUR = 3_600_000;
const ALICE = 'alice@example.org';

interface Bench extends TestContext {
  /** What the mail server took. */
  sent: OutgoingMail[];
  complaints: string[];
  /** Answers the next tries; afterwards all are taken. */
  answers: (() => Promise<string>)[];
  sender(options?: Partial<MailSenderOptions>): MailSender;
  /** Queues a mail that somebody wants for an hour. */
  queue(recipient?: string): Promise<void>;
  audit(): Promise<string[]>;
}

async function bench(): Promise<Bench> {
  const test = await testContext();
  const { writer, clock, store } = test;
  const parts = { sent: [] as OutgoingMail[], complaints: [] as string[], answers: [] as Bench['answers'] };
  const stops: (() => Promise<void>)[] = [];
  return {
    ...test,
    ...parts,
    sender(options = {}) {
      const sender = mailSender({
        clock,
        owner: 'one',
        claim: (input) => writer.run('work.claim', input),
        load: (codes) => mailsBy(store.db, codes),
        compose: async ({ recipient }) => ({ to: recipient, subject: 's', text: 't', html: 'h' }),
        async send(mail) {
          const answer = await (parts.answers.shift()?.() ?? 'taken');
          parts.sent.push(mail);
          return answer;
        },
        settle: (settlement) => writer.run('mails.settle', settlement),
        random: () => 0.5,
        onError: (message) => parts.complaints.push(message),
        ...options,
      });
      const end = test.context.events.on('work', ({ kind, at }) => {
        if (kind === MAIL_WORK) sender.wake(at);
      });
      stops.push(async () => {
        end();
        await sender.stop();
      });
      sender.wake(clock.now());
      return sender;
    },
    queue: (recipient = ALICE) => writer.run('password.forgot', recipient),
    async audit() {
      const rows = await store.db
        .selectFrom('audit_log')
        .selectAll()
        .where('action', 'like', 'mail.%')
        .execute();
      return rows.map(({ action, target, detail }) => `${action} ${target} ${detail}`);
    },
    async [Symbol.asyncDispose]() {
      for (const stop of stops) await stop();
      await test[Symbol.asyncDispose]();
    },
  };
}

const fail = (retryable: boolean) => async () => {
  throw new DeliveryError('not today', { retryable });
};

describe('a mail that waits', () => {
  it('goes out at once, is forgotten, and is told in the audit log', async () => {
    await using test = await bench();
    test.sender();
    await test.queue();
    await test.clock.advance(100);
    assert.deepEqual(
      test.sent.map(({ to }) => to),
      [ALICE],
    );
    assert.deepEqual(await test.store.db.selectFrom('mails').selectAll().execute(), []);
    assert.deepEqual(await test.store.db.selectFrom('work').selectAll().execute(), []);
    assert.deepEqual(await test.audit(), [`mail.sent ${ALICE} {"kind":"password-reset"}`]);
  });

  it('was queued before anybody could send it', async () => {
    await using test = await bench();
    for (let i = 0; i < 12; i++) await test.queue(`${i}@example.org`);
    test.sender();
    await test.clock.advance(1000);
    assert.equal(new Set(test.sent.map(({ to }) => to)).size, 12);
    assert.equal(test.sent.length, 12);
  });

  it('is tried again, later each time, under the same Message-Id', async () => {
    await using test = await bench();
    const tries: { at: number; key: string }[] = [];
    let failures = 3;
    test.sender({
      async send({ key }) {
        tries.push({ at: test.clock.now(), key });
        if (failures-- > 0) return fail(true)();
        return 'taken';
      },
    });
    await test.queue();
    await test.clock.advance(60_000);
    assert.equal(new Set(tries.map(({ key }) => key)).size, 1);
    const pauses = tries.slice(1).map(({ at }, i) => Math.round((at - (tries[i]?.at ?? 0)) / 100) / 10);
    assert.deepEqual(pauses, [0.5, 1, 2]);
    assert.equal((await test.audit()).length, 1);
  });

  it('is given up for good when its server refuses it', async () => {
    await using test = await bench();
    test.answers.push(fail(false));
    test.sender();
    await test.queue();
    await test.clock.advance(60_000);
    assert.deepEqual(test.sent, []);
    assert.deepEqual(await test.audit(), [
      `mail.failed ${ALICE} {"kind":"password-reset","error":"not today"}`,
    ]);
    assert.match(test.complaints.join(), /"password-reset" was given up: not today/);
  });

  it('is given up when nobody wants it any more', async () => {
    await using test = await bench();
    test.sender({ send: fail(true) });
    await test.queue();
    await test.clock.advance(HOUR + 60_000);
    assert.deepEqual(await test.store.db.selectFrom('mails').selectAll().execute(), []);
    const [told = ''] = await test.audit();
    assert.match(told, /^mail\.failed .*could not be sent in time, the last try: not today/);
  });

  it('is dropped without a word when there is nothing to say', async () => {
    await using test = await bench();
    test.sender({ compose: async () => null });
    await test.queue();
    await test.clock.advance(1000);
    assert.deepEqual(await test.store.db.selectFrom('mails').selectAll().execute(), []);
    assert.deepEqual([test.sent, await test.audit(), test.complaints], [[], [], []]);
  });

  it('is sent by one of two nodes', async () => {
    await using test = await bench();
    test.sender();
    test.sender({ owner: 'two' });
    for (let i = 0; i < 20; i++) await test.queue(`${i}@example.org`);
    await test.clock.advance(5000);
    assert.equal(test.sent.length, 20);
    assert.equal(new Set(test.sent.map(({ key }) => key)).size, 20);
  });

  it('is sent by another node when the first died with it', async () => {
    await using test = await bench();
    await test.queue();
    await test.writer.run('work.claim', { kind: MAIL_WORK, owner: 'dead', lease: 120_000, limit: 5 });
    test.sender();
    await test.clock.advance(119_000);
    assert.equal(test.sent.length, 0);
    await test.clock.advance(2000);
    assert.equal(test.sent.length, 1);
  });

  it('is not forgotten when the store refuses what became of it', async () => {
    await using test = await bench();
    let refusals = 1;
    test.sender({
      async settle(settlement) {
        if (refusals-- > 0) throw new Error('disk full');
        return test.writer.run('mails.settle', settlement);
      },
    });
    await test.queue();
    await test.clock.advance(119_000);
    assert.match(test.complaints.join(), /disk full/);
    await test.clock.advance(3000);
    assert.deepEqual(await test.store.db.selectFrom('mails').selectAll().execute(), []);
    assert.equal(new Set(test.sent.map(({ key }) => key)).size, 1);
  });

  it('goes back at a stop, however long its server hangs', async () => {
    await using test = await bench();
    test.answers.push(() => new Promise(() => undefined));
    const first = test.sender();
    await test.queue();
    await test.clock.advance(100);
    await first.stop();
    const work = await test.store.db.selectFrom('work').selectAll().executeTakeFirstOrThrow();
    assert.deepEqual([work.owner, work.due_at], [null, test.clock.now()]);
    test.sender({ owner: 'next' });
    await test.clock.advance(100);
    assert.equal(test.sent.length, 1);
  });

  it('is tried again when its server hangs', async () => {
    await using test = await bench();
    test.answers.push(() => new Promise(() => undefined));
    test.sender();
    await test.queue();
    await test.clock.advance(40_000);
    assert.equal(test.sent.length, 1);
  });

  it('is refused when too many wait', async () => {
    await using test = await bench();
    const row = {
      kind: 'x',
      recipient: ALICE,
      subject_id: '',
      created_at: 0,
      expires_at: 0,
      tries: 0,
      error: '',
    };
    const rows = Array.from({ length: 1000 }, () => row);
    for (let i = 0; i < 10; i++) {
      const page = rows.map((one, n) => ({ ...one, code: `${i}-${n}` }));
      await test.store.db.insertInto('mails').values(page).execute();
    }
    await assert.rejects(test.queue(), /too many mails wait/);
  });
});
