/** Mails about accounts, from the call to the mailbox: a real server and a real mail server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '../src/clock.ts';
import { type MailServer, mailServer, refusal } from '../src/notify/testing/mail-server.ts';
import { type TestServer, testServer } from './support/server.ts';
import { tempFolder } from './support/temp-folder.ts';
import { until } from './support/until.ts';

const ALICE = 'alice@example.org';
const PASSWORD = 'correct horse battery';
/** Milliseconds after which a mail counts as missing. */
const LOST = 15_000;
const SITE = { VIGIE_MAIL_FROM: 'Vigie <vigie@example.net>', VIGIE_SITE_NAME: 'Lookout <&>' };

async function post(
  server: TestServer,
  path: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; body: Record<string, unknown> }> {
  const response = await fetch(`${server.url}/api/vigie${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', ...headers },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
  };
}

/** The session of somebody who signs in. */
async function session(server: TestServer, password = PASSWORD): Promise<{ cookie: string }> {
  const { status, headers } = await post(server, '/session', { email: ALICE, password });
  assert.equal(status, 200);
  return { cookie: (headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
}

async function speakFrench(server: TestServer): Promise<void> {
  const { context } = server.app;
  const user = await context.store.db.selectFrom('users').select('id').executeTakeFirstOrThrow();
  const fields = { language: 'fr', name: 'Alice\r\n<b>' };
  await context.writer.run('accounts.update', { userId: user.id, fields, actor: 'x' });
}

const arrived = (smtp: MailServer, count: number) =>
  until(`${count} mails`, LOST, () => smtp.mails.length >= count && smtp.mails.at(-1));

function linkIn(text: string | undefined): URL {
  const [, url = ''] = /^(http\S+\?token=\S+)$/m.exec(text ?? '') ?? [];
  return new URL(url);
}

test('a forgotten password is chosen anew by the link in the mail, in the language of the person', async () => {
  await using smtp = await mailServer();
  const env = { ...SITE, VIGIE_MAIL_URL: smtp.url };
  await using server = await testServer({ env, clock: systemClock });
  await speakFrench(server);
  const before = await session(server);
  assert.equal((await post(server, '/password-reset', { email: 'nobody@example.org' })).status, 202);
  assert.equal((await post(server, '/password-reset', { email: ALICE })).status, 202);
  const mail = await arrived(smtp, 1);
  assert.deepEqual(mail.envelope.to, [ALICE]);
  assert.equal(mail.subject, 'Choisissez un nouveau mot de passe pour Lookout <&>');
  assert.match(String(mail.html), /Lookout &lt;&amp;&gt;.*<a href="http[^"]*\/reset\?token=[\w-]{43}"/s);
  const link = linkIn(mail.text);
  assert.equal(`${link.origin}${link.pathname}`, `${server.app.context.config().baseUrl}/reset`);
  const token = link.searchParams.get('token');
  const { store } = server.app.context;
  const everything = JSON.stringify([
    await store.db.selectFrom('settings').selectAll().execute(),
    await store.db.selectFrom('audit_log').selectAll().execute(),
  ]);
  assert.ok(token !== null && !everything.includes(token), 'the database does not hold the link');

  const chosen = await post(server, '/password-reset/confirm', { token, password: 'another password' });
  assert.equal(chosen.status, 200);
  const me = (cookie: string) =>
    fetch(`${server.url}/api/vigie/session`, { headers: { cookie } }).then(({ status }) => status);
  assert.equal(await me(before.cookie), 401);
  assert.equal(await me((chosen.headers.get('set-cookie') ?? '').split(';')[0] ?? ''), 200);
  await session(server, 'another password');
  assert.equal((await post(server, '/password-reset/confirm', { token, password: PASSWORD })).status, 404);
  await until('nothing waits', LOST, async () => {
    return (await store.db.selectFrom('mails').selectAll().execute()).length === 0;
  });
  assert.equal(smtp.mails.length, 1, 'nobody@example.org got nothing');
});

test('a mail that was asked for arrives after its server came back, and after ours did', async () => {
  using folder = tempFolder('mails');
  let refusals = 1;
  await using smtp = await mailServer({
    onRcptTo: (_address, _session, done) => done(refusals-- > 0 ? refusal(451, '4.3.0 later') : null),
  });
  const env = { ...SITE, VIGIE_MAIL_URL: 'smtp://127.0.0.1:1' };
  {
    await using server = await testServer({ env, clock: systemClock, dataDir: folder.path });
    assert.equal((await post(server, '/password-reset', { email: ALICE })).status, 202);
    const { db } = server.app.context.store;
    await until('a try that failed', LOST, async () => {
      const mail = await db.selectFrom('mails').selectAll().executeTakeFirst();
      return (mail?.tries ?? 0) > 0;
    });
  }
  await using server = await testServer({
    env: { ...env, VIGIE_MAIL_URL: smtp.url },
    clock: systemClock,
    dataDir: folder.path,
  });
  const mail = await arrived(smtp, 1);
  assert.equal(refusals, -1, 'refused once, taken once');
  assert.match(mail.messageId ?? '', /^<[0-9a-f-]{36}@example\.net>$/);
  const token = linkIn(mail.text).searchParams.get('token');
  const chosen = await post(server, '/password-reset/confirm', { token, password: 'another password' });
  assert.equal(chosen.status, 200);
});

test('an invitation goes out by mail in the language of who invites, and again when asked', async () => {
  await using smtp = await mailServer();
  const env = { ...SITE, VIGIE_MAIL_URL: smtp.url };
  await using server = await testServer({ env, clock: systemClock });
  await speakFrench(server);
  const cookie = await session(server);
  const { store, writer } = server.app.context;
  const project = await store.db.selectFrom('projects').selectAll().executeTakeFirstOrThrow();
  const fields = { name: 'Ops\r\nBcc: <i>everybody</i>' };
  await writer.run('projects.update', { projectId: project.id, fields, actor: 'x' });
  const path = `/projects/${project.code}/invitations`;

  const made = await post(server, path, { email: 'dora@example.org', role: 'member' }, cookie);
  assert.equal(made.status, 201);
  assert.equal(made.body['mailed'], true);
  const mail = await arrived(smtp, 1);
  assert.deepEqual(mail.envelope.to, ['dora@example.org']);
  assert.equal(mail.subject, 'Rejoignez Ops Bcc: <i>everybody</i> sur Lookout <&>');
  assert.ok(!mail.headers.has('bcc'));
  assert.match(mail.text ?? '', /^Alice <b> vous invite dans le projet Ops .* \(rôle : membre\)\.$/m);
  assert.match(String(mail.html), /Alice &lt;b&gt; vous invite.*&lt;i&gt;everybody/s);
  assert.equal(linkIn(mail.text).href, made.body['url']);

  const again = await post(server, `${path}/${made.body['id']}/resend`, {}, cookie);
  assert.deepEqual([again.status, again.body['mailed'], again.body['url']], [200, true, made.body['url']]);
  const second = await arrived(smtp, 2);
  assert.equal(linkIn(second.text).href, made.body['url']);
  assert.notEqual(second.messageId, mail.messageId);
  const token = linkIn(second.text).searchParams.get('token');
  assert.equal((await post(server, '/invitation', { token, password: 'doras password' })).status, 200);
  const gone = await post(server, `${path}/${made.body['id']}/resend`, {}, cookie);
  assert.equal(gone.status, 404);
});

test('an invitation that was taken back is not mailed any more', async () => {
  let isOpen = false;
  let refused = 0;
  await using smtp = await mailServer({
    onRcptTo(_address, _session, done) {
      if (!isOpen) refused += 1;
      done(isOpen ? null : refusal(451, '4.3.0 later'));
    },
  });
  const env = { ...SITE, VIGIE_MAIL_URL: smtp.url };
  await using server = await testServer({ env, clock: systemClock });
  const cookie = await session(server);
  const { db } = server.app.context.store;
  const { code } = await db.selectFrom('projects').select('code').executeTakeFirstOrThrow();
  const path = `/projects/${code}/invitations`;
  const made = await post(server, path, { email: 'dora@example.org', role: 'member' }, cookie);
  await until('a try that failed', LOST, () => refused > 0);
  const headers = { ...cookie, 'sec-fetch-site': 'same-origin' };
  await fetch(`${server.url}/api/vigie${path}/${made.body['id']}`, { method: 'DELETE', headers });
  isOpen = true;
  await until('the mail is dropped', LOST, async () => {
    return (await db.selectFrom('mails').selectAll().execute()).length === 0;
  });
  assert.deepEqual(smtp.mails, []);
});
