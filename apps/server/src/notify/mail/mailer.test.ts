import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import type { SMTPServerOptions } from 'smtp-server';
import { DeliveryError } from '../failure.ts';
import { mailServer, refusal } from '../testing/mail-server.ts';
import { createMailer, type OutgoingMail } from './mailer.ts';

const FROM = 'Vigie <vigie@vigie.test>';

function aMail(own: Partial<OutgoingMail> = {}): OutgoingMail {
  return { to: 'ops@example.org', subject: 'Sujet é', text: 'text', html: '<p>html</p>', key: 'k.7', ...own };
}

async function failure(sent: Promise<unknown>): Promise<DeliveryError> {
  const error = await sent.then(
    () => null,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof DeliveryError, String(error));
  return error;
}

test('a mail arrives whole, with the same Message-Id on each try', async () => {
  await using server = await mailServer();
  const mailer = createMailer(() => ({ url: server.url, from: FROM }));
  assert.match(await mailer.send(aMail()), /^250 .*queued as 1/);
  await mailer.send(aMail());
  mailer.close();
  const [mail, again] = server.mails;
  assert.equal(mail?.subject, 'Sujet é');
  assert.equal(mail?.text, 'text');
  assert.equal(mail?.html, '<p>html</p>');
  assert.equal(mail?.messageId, '<k.7@vigie.test>');
  assert.equal(again?.messageId, mail?.messageId);
  assert.equal(mail?.headers.get('auto-submitted'), 'auto-generated');
  assert.deepEqual(mail?.envelope, { from: 'vigie@vigie.test', to: ['ops@example.org'] });
  assert.equal(server.connections, 1);
});

test('without a server the failure says which setting is missing', async () => {
  const mailer = createMailer(() => ({ url: null, from: FROM }));
  const error = await failure(mailer.send(aMail()));
  assert.equal(error.message, 'outgoing mail is not configured (VIGIE_MAIL_URL)');
  assert.equal(error.retryable, false);
});

test('new settings count from the next mail on', async () => {
  await using one = await mailServer();
  await using two = await mailServer();
  let url = one.url;
  const mailer = createMailer(() => ({ url, from: FROM }));
  await mailer.send(aMail());
  url = two.url;
  await mailer.send(aMail());
  mailer.close();
  assert.deepEqual([one.mails.length, two.mails.length], [1, 1]);
});

test('what the server refuses is told by what it means', async () => {
  const at = {
    rcpt: (error: Error): SMTPServerOptions => ({ onRcptTo: (_address, _session, done) => done(error) }),
    from: (error: Error): SMTPServerOptions => ({ onMailFrom: (_address, _session, done) => done(error) }),
    data: (error: Error): SMTPServerOptions => ({
      onData(stream, _session, done) {
        stream.resume();
        stream.on('end', () => done(error));
      },
    }),
  };
  // where, code, reply, retryable, permanent
  const cases: [keyof typeof at, number, string, boolean, boolean][] = [
    ['rcpt', 550, '5.1.1 no such user', false, true],
    ['rcpt', 550, 'no such user', false, true],
    ['rcpt', 550, '5.2.1 mailbox disabled', false, true],
    ['rcpt', 554, '5.7.1 relay access denied', false, false],
    ['rcpt', 550, '5.7.1 blocked by policy', false, false],
    ['rcpt', 552, '5.2.2 mailbox full', false, false],
    ['rcpt', 451, '4.7.1 greylisted', true, false],
    ['rcpt', 550, '5.4.4 unable to route', false, false],
    ['from', 550, '5.1.8 bad sender', false, false],
    ['data', 554, '5.6.0 content rejected', false, false],
    ['data', 452, '4.3.1 no space', true, false],
  ];
  const refused = cases.map(async ([where, code, reply, retryable, permanent]) => {
    await using server = await mailServer(at[where](refusal(code, reply)));
    const mailer = createMailer(() => ({ url: server.url, from: FROM }));
    const error = await failure(mailer.send(aMail()));
    mailer.close();
    assert.deepEqual(
      [error.retryable, error.permanent],
      [retryable, permanent],
      `${where}: ${code} ${reply}`,
    );
    assert.match(error.message, new RegExp(`^${code} .*${reply}$`));
  });
  await Promise.all(refused);
});

test('a sign-in that is refused is tried again, and told without the password', async () => {
  await using server = await mailServer({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(refusal(535, '5.7.8 bad credentials')),
  });
  const url = server.url.replace('smtp://', 'smtp://joe:open-sesame@');
  const mailer = createMailer(() => ({ url, from: FROM }));
  const error = await failure(mailer.send(aMail()));
  mailer.close();
  assert.match(error.message, /^the mail server refused the sign-in: 535 /);
  assert.doesNotMatch(error.message, /sesame/);
  assert.deepEqual([error.retryable, error.permanent], [true, false]);
});

test('a server that is not there, or insists on what cannot be had, is tried again', async () => {
  const server = await mailServer();
  await server[Symbol.asyncDispose]();
  await using plain = await mailServer();
  for (const url of [server.url, `${plain.url}?requireTLS=true`]) {
    const mailer = createMailer(() => ({ url, from: FROM }));
    const error = await failure(mailer.send(aMail()));
    mailer.close();
    assert.equal(error.retryable, true, error.message);
    assert.match(error.message, /mail server/);
  }
  assert.equal(plain.mails.length, 0);
});

test('a mail to a server that hangs can be ended', async () => {
  const connected = Promise.withResolvers<void>();
  const hanging = createServer(() => connected.resolve());
  await new Promise<void>((resolve) => hanging.listen(0, '127.0.0.1', resolve));
  const address = hanging.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const mailer = createMailer(() => ({ url: `smtp://127.0.0.1:${port}`, from: FROM }));
  const stop = new AbortController();
  const sent = failure(mailer.send(aMail({ signal: stop.signal })));
  await connected.promise;
  stop.abort();
  const error = await sent;
  mailer.close();
  hanging.close();
  assert.equal(error.message, 'the delivery was ended before an answer came');
  assert.equal(error.retryable, true);
});
