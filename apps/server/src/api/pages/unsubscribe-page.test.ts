import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fastify, { type LightMyRequestResponse } from 'fastify';
import { subscriptionsOf, type Wanted } from '../../reports/subscriptions.ts';
import { writeUnsubscribeToken } from '../../reports/unsubscribe-token.ts';
import { type TestContext, testContext } from '../../testing/test-context.ts';
import { pageRoutes, pagesPlugin } from './plugin.ts';

const FORM = 'application/x-www-form-urlencoded';
const ONE_CLICK = 'List-Unsubscribe=One-Click';

interface Site extends TestContext {
  token: string;
  userId: number;
  projectId: number;
  get(token?: string): Promise<LightMyRequestResponse>;
  post(headers: Record<string, string>, payload: string, token?: string): Promise<LightMyRequestResponse>;
  wanted(): Promise<Wanted | undefined>;
}

/** Somebody who gets monthly and weekly reports, and the link in a weekly one. */
async function site(): Promise<Site> {
  const test = await testContext();
  const { writer, store, context } = test;
  const owner = { email: 'alice@example.org', name: '', password: '', timeZone: 'UTC' };
  const { id: userId } = await writer.run('accounts.register', owner);
  const names = { name: 'Shop <b>', environments: ['production'], pingKey: 'k', actor: 'x' };
  const { id: projectId } = await writer.run('projects.create', { ...names, ownerId: userId });
  const changes = [{ projectId, wanted: { weekly: true } }];
  await writer.run('reports.subscribe', { userId, email: owner.email, changes });
  const token = writeUnsubscribeToken(context.secretKey, { userId, projectId, period: 'weekly' });
  const app = fastify();
  await app.register(pagesPlugin(pageRoutes(context), context.log));
  return {
    ...test,
    token,
    userId,
    projectId,
    get: (given = token) => app.inject({ url: `/unsubscribe/${given}` }),
    post: (headers, payload, given = token) =>
      app.inject({ method: 'POST', url: `/unsubscribe/${given}`, headers, payload }),
    wanted: async () => (await subscriptionsOf(store.db, userId))[0]?.wanted,
  };
}

describe('the link that ends a report', () => {
  it('shows what it ends, and does nothing by itself', async () => {
    await using test = await site();
    const page = await test.get();
    assert.equal(page.statusCode, 200);
    assert.match(page.body, /<h1>Unsubscribe\?<\/h1>[\s\S]*weekly reports about Shop &lt;b&gt;/);
    assert.match(page.body, new RegExp(`<form method="post" action="${test.token}">`));
    assert.doesNotMatch(page.body, /<script/);
    assert.equal((await test.wanted())?.weekly, true);
  });

  const boundary = 'multipart/form-data; boundary=b';
  const multipart = `--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n`;
  const PRESSES: [name: string, headers: Record<string, string>, payload: string][] = [
    ['its own button', { 'content-type': FORM, 'sec-fetch-site': 'same-origin' }, ''],
    ['a mail program', { 'content-type': FORM }, ONE_CLICK],
    ['a mail program that sends multipart', { 'content-type': boundary }, multipart],
  ];
  for (const [name, headers, payload] of PRESSES) {
    it(`ends that report, and no other, by ${name}`, async () => {
      await using test = await site();
      const page = await test.post(headers, payload);
      assert.equal(page.statusCode, 200);
      assert.match(page.body, /You get no more weekly reports about Shop &lt;b&gt;\./);
      assert.deepEqual(await test.wanted(), { daily: false, weekly: false, monthly: true });
      const { actor, action } = await test.store.db
        .selectFrom('audit_log')
        .select(['actor', 'action'])
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirstOrThrow();
      assert.deepEqual([actor, action], ['link:alice@example.org', 'report.subscribe']);
      // Pressed again, it says the same.
      assert.equal((await test.post(headers, payload)).statusCode, 200);
    });
  }

  it('takes no button of another site', async () => {
    await using test = await site();
    const page = await test.post({ 'content-type': FORM, 'sec-fetch-site': 'cross-site' }, ONE_CLICK);
    assert.equal(page.statusCode, 403);
    assert.equal((await test.wanted())?.weekly, true);
  });

  it('says what is wrong with it', async () => {
    await using test = await site();
    const forged = `${test.token.slice(0, -1)}${test.token.endsWith('A') ? 'E' : 'A'}`;
    for (const token of ['nonsense', forged]) {
      assert.equal((await test.get(token)).statusCode, 404);
      assert.equal((await test.post({ 'content-type': FORM }, ONE_CLICK, token)).statusCode, 404);
    }
    assert.equal((await test.wanted())?.weekly, true);
    await test.store.db.deleteFrom('members').execute();
    assert.match((await test.get()).body, /not a member of this project any more/);
    assert.equal((await test.post({ 'content-type': FORM }, ONE_CLICK)).statusCode, 410);
  });

  it('speaks the language of its reader', async () => {
    await using test = await site();
    const fields = { language: 'fr' };
    await test.writer.run('accounts.update', { userId: test.userId, fields, actor: 'x' });
    assert.match((await test.get()).body, /<html lang="fr">[\s\S]*Plus de rapport hebdomadaire sur Shop/);
    const done = await test.post({ 'content-type': FORM }, ONE_CLICK);
    assert.match(done.body, /Vous ne recevrez plus de rapport hebdomadaire/);
  });
});
