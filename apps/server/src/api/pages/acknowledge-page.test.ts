import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fastify, { type LightMyRequestResponse } from 'fastify';
import { writeAckToken } from '../../alerts/ack-token.ts';
import type { PostedAlert } from '../../alerts/model.ts';
import { aPostedAlert, aProjectWithChannel } from '../../testing/alerts.ts';
import { type TestContext, testContext } from '../../testing/test-context.ts';
import { pageRoutes, pagesPlugin } from './plugin.ts';

const DAY = 86_400_000;

interface Site extends TestContext {
  token: string;
  project: { id: number };
  alertId: number;
  channel: { id: number; code: string };
  get(token?: string): Promise<LightMyRequestResponse>;
  press(token?: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  post(own: Partial<PostedAlert>): Promise<void>;
  acked(): Promise<string>;
}

/** One alert that fires, and the link that its message holds. */
async function site(): Promise<Site> {
  const test = await testContext();
  const { writer, store, clock, context } = test;
  const { project, channel } = await aProjectWithChannel(writer);
  const post = async (own: Partial<PostedAlert>): Promise<void> => {
    await writer.run('alerts.post', [aPostedAlert(project.id, { startsAt: clock.now(), ...own })]);
  };
  const labels = { alertname: 'Disk & <b>', instance: 'h1:9100', severity: 'critical' };
  await post({ identity: 'disk', labels });
  const { id: alertId } = await store.db.selectFrom('alerts').select('id').executeTakeFirstOrThrow();
  const token = writeAckToken(context.secretKey, { alertId, channelId: channel.id });
  const app = fastify();
  await app.register(pagesPlugin(pageRoutes(context), context.log));
  return {
    ...test,
    token,
    project,
    alertId,
    channel,
    post,
    get: (given = token) => app.inject({ url: `/ack/${given}` }),
    press: (given = token, headers = {}) =>
      app.inject({
        method: 'POST',
        url: `/ack/${given}`,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        payload: '',
      }),
    async acked() {
      const row = await store.db.selectFrom('alerts').select('acked_by').executeTakeFirstOrThrow();
      return row.acked_by;
    },
  };
}

function requirePage(response: LightMyRequestResponse, status: number, text: RegExp): void {
  assert.match(response.body, text);
  assert.equal(response.statusCode, status);
}

describe('the link that acknowledges', () => {
  it('shows what it is about, and does nothing by itself', async () => {
    await using test = await site();
    await test.clock.advance(90_000);
    const page = await test.get();
    requirePage(page, 200, /<h1>Acknowledge this alert\?<\/h1>/);
    assert.match(page.body, /Disk &amp; &lt;b&gt;.*h1:9100.*2026-07-15 12:00:00 UTC \(1 min 30 s ago\)/s);
    assert.match(page.body, new RegExp(`<form method="post" action="${test.token}">`));
    assert.ok(!page.body.includes('<script'));
    await test.get();
    assert.equal(await test.acked(), '');
  });

  it('acknowledges when its button is pressed, once', async () => {
    await using test = await site();
    requirePage(await test.press(), 200, /acknowledged by the link sent to Ops &lt;mail&gt;\./);
    assert.equal(await test.acked(), 'link:Ops <mail>');
    const late = /acknowledged at 2026-07-15 12:00:00 UTC by the link sent to Ops/;
    requirePage(await test.press(), 410, late);
    requirePage(await test.get(), 410, late);
  });

  it('takes no button of another site', async () => {
    await using test = await site();
    requirePage(await test.press(test.token, { 'sec-fetch-site': 'cross-site' }), 403, /another site/);
    assert.equal(await test.acked(), '');
  });

  it('says what is wrong with it', async () => {
    await using test = await site();
    requirePage(await test.get('nonsense'), 404, /is not one of ours/);
    requirePage(await test.press('nonsense'), 404, /is not one of ours/);
    const { secretKey } = test.context;
    const elsewhere = writeAckToken(secretKey, { alertId: test.alertId, channelId: test.channel.id + 1 });
    requirePage(await test.press(elsewhere), 410, /was deleted/);
    const unknown = writeAckToken(secretKey, { alertId: 1, channelId: test.channel.id });
    requirePage(await test.get(unknown), 410, /was deleted/);
    assert.equal(await test.acked(), '');
  });

  it('runs out after seven days', async () => {
    await using test = await site();
    test.clock.step(7 * DAY);
    requirePage(await test.get(), 200, /Acknowledge/);
    test.clock.step(1);
    requirePage(await test.get(), 410, /older than 7 days/);
    requirePage(await test.press(), 410, /older than 7 days/);
    assert.equal(await test.acked(), '');
  });

  it('says that it is over once the alert is', async () => {
    await using test = await site();
    await test.post({ identity: 'disk', endsAt: test.clock.now() });
    requirePage(await test.press(), 410, /was resolved at 2026-07-15 12:00:00 UTC/);
    assert.equal(await test.acked(), '');
  });

  it('ends with the channel that it was sent to', async () => {
    await using test = await site();
    await test.writer.run('channels.remove', { projectId: test.project.id, code: test.channel.code });
    requirePage(await test.press(), 410, /was deleted/);
    assert.equal(await test.acked(), '');
  });
});
