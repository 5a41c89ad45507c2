import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { ParsedMail } from 'mailparser';
import { createMailer } from '../../mail/mailer.ts';
import type { Message } from '../../message.ts';
import { mailServer } from '../../testing/mail-server.ts';
import { aMessage, aMessageCheck, testPorts } from '../../testing/messages.ts';
import { en } from '../../texts/en.ts';
import { email } from './channel.ts';
import { subjectOf } from './text-mail.ts';

const server = await mailServer();
const mailer = createMailer(() => ({ url: server.url, from: 'vigie@vigie.test' }));
after(async () => {
  mailer.close();
  await server[Symbol.asyncDispose]();
});

/** What arrives at a real server. */
async function received(own: Partial<Message>, settings = {}, body?: string): Promise<ParsedMail> {
  const ports = { ...testPorts(body === undefined ? {} : { body }), mail: mailer.send };
  await email.open({ address: 'ops@example.org', ...settings }).send(aMessage(own), ports);
  const mail = server.mails.shift();
  assert.ok(mail);
  return mail;
}

test('an outage reads as the template says', async () => {
  const lastPing = {
    n: 3,
    created_at: Date.UTC(2026, 6, 15, 11),
    kind: 'fail',
    scheme: 'http',
    exitstatus: 2,
    size: 9,
  };
  const mail = await received({ reason: 'fail', lastPing }, {}, 'disk full');
  assert.equal(mail.subject, '[CRITICAL] Nightly backup - DOWN');
  assert.equal(mail.messageId, '<f7b0.7@vigie.test>');
  assert.equal(
    mail.text?.trimEnd(),
    `Service: Nightly backup
Status: DOWN
Reason: The job reported a failure.
Last ping: 2026-07-15 11:00:00 UTC (failure, exit status 2)
Environment: production
Tags: tier1 db
Project: Shop
Down since: 2026-07-15 12:00:00 UTC
Duration: 0 s

ACTIONS REQUIRED:
1. Check service logs: docker-compose logs -f nightly-backup
2. Restart if needed: docker-compose restart nightly-backup
3. Check dependencies

What the job sent last:
disk full

Check: https://vigie.test/cloaked/a6c7/
Dashboard: https://vigie.test/

-- 
Sent by Vigie: this address is a notification channel there.`,
  );
});

test('a recovery says how long it took and asks for nothing', async () => {
  const at = Date.UTC(2026, 6, 15, 13, 30);
  const mail = await received({ status: 'up', reason: '', at, severity: 'info', lastPing: null });
  assert.equal(mail.subject, '[INFO] Nightly backup - UP');
  assert.match(mail.text ?? '', /^Duration: 1 h 30 min$/m);
  assert.match(mail.text ?? '', /^Last ping: never$/m);
  assert.doesNotMatch(mail.text ?? '', /ACTIONS|docker/);
});

test('the same in French', async () => {
  const mail = await received({ severity: 'warning' }, { language: 'fr' });
  assert.equal(mail.subject, '[AVERTISSEMENT] Nightly backup - EN PANNE');
  assert.match(mail.text ?? '', /^Motif: Aucun succès n’a été signalé à temps, délai de grâce compris\.$/m);
  assert.match(mail.text ?? '', /^2\. Le redémarrer si nécessaire : docker-compose restart nightly-backup$/m);
  assert.match(String(mail.html), /<html lang="fr">/);
});

test('the HTML form says the same, and takes no markup from anybody', async () => {
  const check = aMessageCheck({ name: '<img src=x>"\'&', slug: '' });
  const lastPing = { n: 3, created_at: 0, kind: 'fail', scheme: 'http', exitstatus: 1, size: 9 };
  const mail = await received({ check, lastPing }, {}, '<script>alert(1)</script>');
  const html = String(mail.html);
  assert.match(html, /&lt;img src=x&gt;&quot;&#39;&amp; is DOWN\./);
  assert.match(html, /&lt;script&gt;alert\(1\)&lt;\/script&gt;/);
  assert.doesNotMatch(html, /<img|<script/);
  assert.match(html, /<li>Check service logs: docker-compose logs -f img-src-x<\/li>/);
  assert.match(html, /href="https:\/\/vigie\.test\/cloaked\/a6c7\/"/);
});

test('of a long body the end is shown, without control characters', async () => {
  const lastPing = { n: 3, created_at: 0, kind: 'log', scheme: 'http', exitstatus: null, size: 60_000 };
  const body = `begin${'é'.repeat(30_000)}\u0000\u001b[31m\r\nend`;
  const mail = await received({ lastPing }, {}, body);
  const shown = /sent last:\n([\s\S]*)\n\nCheck:/.exec(mail.text ?? '')?.[1] ?? '';
  assert.equal(shown.length, 10_000);
  assert.ok(shown.endsWith('é[31m\nend'));
  assert.ok(!shown.includes('begin'));
});

test('a ping that was a mail comes as it was', async () => {
  const raw = 'From: job@example.org\r\nSubject: done\r\n\r\nhello\r\n';
  const lastPing = { n: 3, created_at: 0, kind: 'fail', scheme: 'email', exitstatus: null, size: raw.length };
  const mail = await received({ lastPing }, {}, raw);
  const [attachment] = mail.attachments;
  assert.equal(attachment?.filename, 'last-ping.eml');
  assert.equal(attachment?.contentType, 'message/rfc822');
  assert.equal(attachment?.content.toString().trim(), raw.trim());
  const large = await received({ lastPing: { ...lastPing, size: 300_000 } }, {}, raw);
  assert.equal(large.attachments.length, 0);
});

test('a subject is one line, whatever the name', async () => {
  const check = aMessageCheck({ name: 'a\r\nBcc: x@y.z', slug: '' });
  const mail = await received({ check });
  assert.equal(mail.subject, '[CRITICAL] a Bcc: x@y.z - DOWN');
  assert.equal(mail.bcc, undefined);
  assert.equal(subjectOf(aMessage({ check }), en), mail.subject);
});

test('a test message says that it is one, and when it was asked for', async () => {
  const mail = await received({
    kind: 'test',
    at: Date.UTC(2026, 6, 15, 9, 30),
    check: aMessageCheck({ name: 'TEST' }),
  });
  assert.equal(mail.subject, '[TEST] TEST - DOWN');
  assert.match(
    mail.text ?? '',
    /^This is a test message from Vigie, sent at 2026-07-15 09:30:00 UTC\. Nothing is down\./,
  );
  assert.match(String(mail.html), /sent at 2026-07-15 09:30:00 UTC\. Nothing is down\./);
});

test('a channel may want outages alone, or recoveries alone', () => {
  const upOnly = email.open({ address: 'a@b.c', down: false });
  assert.equal(upOnly.declines(aMessage()), 'the channel does not want outages');
  assert.equal(upOnly.declines(aMessage({ status: 'up' })), null);
  const downOnly = email.open({ address: 'a@b.c', up: false });
  assert.equal(downOnly.declines(aMessage({ status: 'up' })), 'the channel does not want recoveries');
});

const ACK = 'https://vigie.test/ack/t0ken';
const LINKS = { check: 'https://vigie.test/alerts/5', dashboard: 'https://vigie.test/', ack: ACK };

test('an outage that can be acknowledged says where, in both forms and languages', async () => {
  const mail = await received({ links: LINKS });
  assert.match(mail.text ?? '', /^Acknowledge: https:\/\/vigie\.test\/ack\/t0ken\nCheck: /m);
  assert.match(String(mail.html), /href="https:\/\/vigie\.test\/ack\/t0ken"[^>]*>Acknowledge</);
  const french = await received({ links: LINKS }, { language: 'fr' });
  assert.match(french.text ?? '', /^Prendre en charge: https:\/\/vigie\.test\/ack\/t0ken$/m);
});

test('a drill says so first, and asks for nothing but to be acknowledged', async () => {
  const alert = { id: 5, name: 'Drill', labels: {}, annotations: {}, startsAt: 0, drill: true };
  const mail = await received({ alert, links: LINKS });
  assert.equal(mail.subject, '[DRILL] [CRITICAL] Nightly backup - DOWN');
  assert.match(mail.text ?? '', /^Reason: This is a drill\. Nothing is wrong/m);
  assert.match(String(mail.html), />\[DRILL\] Nightly backup is DOWN\.</);
  assert.doesNotMatch(mail.text ?? '', /ACTIONS/);
  const french = await received({ alert, links: LINKS }, { language: 'fr' });
  assert.equal(french.subject, '[EXERCICE] [CRITIQUE] Nightly backup - EN PANNE');
});
