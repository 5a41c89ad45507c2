import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type TestApi, testApi } from '../testing/test-api.ts';
import { notificationId } from './notification-id.ts';

const HOUR = 3_600_000;

/** A message that its provider has taken. */
async function sentMessage({ test, projectId }: TestApi) {
  const { writer, store, clock, context } = test;
  const input = { projectId, kind: 'email', name: 'Alice', settings: '{}', assignAll: false };
  const channel = await writer.run('channels.create', input);
  const { id } = await store.db
    .insertInto('deliveries')
    .values({
      key: 'k',
      project_id: projectId,
      channel_id: channel.id,
      check_id: null,
      flip_id: null,
      kind: 'test',
      lane: 'k',
      state: 'sent',
      attempts: 1,
      created_at: clock.now(),
      finished_at: clock.now(),
      answer: '250 OK',
      error: '',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const state = async () => {
    const delivery = await store.db.selectFrom('deliveries').select('error').executeTakeFirstOrThrow();
    const own = await store.db
      .selectFrom('channels')
      .select(['last_error', 'disabled'])
      .executeTakeFirstOrThrow();
    return { error: delivery.error, ...own };
  };
  return { uuid: notificationId(context.secretKey, id), state };
}

const UNTOUCHED = { error: '', last_error: '', disabled: 0 };

describe('a provider reports', () => {
  for (const [form, error, disabled] of [
    ['error=Mailbox+full', 'Mailbox full', 0],
    ['error=Gone&mark_disabled=1', 'Gone', 1],
    ['MessageStatus=undelivered', 'Delivery failed (status=undelivered).', 0],
    ['MessageStatus=failed', 'Delivery failed (status=failed).', 0],
    ['CallStatus=failed', 'Delivery failed (status=failed).', 0],
    [`error=${'x'.repeat(300)}`, 'x'.repeat(200), 0],
    ['MessageStatus=delivered', '', 0],
    ['mark_disabled=1', '', 0],
    ['', '', 0],
  ] as const) {
    it(`${form.slice(0, 30)}: ${error.slice(0, 40) || 'nothing'}`, async () => {
      await using api = await testApi();
      const { uuid, state } = await sentMessage(api);
      const url = `/api/v3/notifications/${uuid}/status`;
      const answer = await api.app.inject({ method: 'POST', url, payload: form });
      assert.equal(answer.statusCode, 200);
      assert.deepEqual(await state(), { error, last_error: error, disabled });
    });
  }

  it('too late', async () => {
    await using api = await testApi();
    const { uuid, state } = await sentMessage(api);
    api.test.clock.step(HOUR);
    const url = `/api/v3/notifications/${uuid}/status`;
    assert.equal((await api.app.inject({ method: 'POST', url, payload: 'error=x' })).statusCode, 200);
    assert.deepEqual(await state(), UNTOUCHED);
  });

  it('under a UUID that it was not given', async () => {
    await using api = await testApi();
    const { state } = await sentMessage(api);
    const url = `/api/v3/notifications/${notificationId('another secret', 1)}/status`;
    assert.equal((await api.app.inject({ method: 'POST', url, payload: 'error=x' })).statusCode, 200);
    assert.deepEqual(await state(), UNTOUCHED);
  });
});

describe('a bounce', () => {
  const report = (mailbox: string, status: string): string =>
    [
      `To: ${mailbox}@hc.example.org`,
      '',
      'Content-Type: message/delivery-status',
      '',
      'Action: failed',
      `Status: ${status}`,
      '',
    ].join('\r\n');

  for (const [status, text, error, disabled] of [
    ['5.1.1', 'OK', 'Delivery failed (SMTP status code: 5.1.1)', 1],
    ['5.4.4', 'OK', 'Delivery failed (SMTP status code: 5.4.4)', 0],
    ['4.2.2', 'OK', 'Delivery failed (SMTP status code: 4.2.2)', 0],
    ['2.0.0', 'OK (ignored)', '', 0],
    ['', 'OK (ignored)', '', 0],
  ] as const) {
    it(`with status ${status}: ${error || 'nothing'}`, async () => {
      await using api = await testApi();
      const { uuid, state } = await sentMessage(api);
      const payload = report(`n.${uuid}`, status);
      const answer = await api.app.inject({ method: 'POST', url: '/api/v3/bounces/', payload });
      assert.equal(answer.body, text);
      assert.deepEqual(await state(), { error, last_error: error, disabled });
    });
  }

  for (const mailbox of ['n.00000000-0000-4000-8000-000000000000', 'r.alice', 'alice', '']) {
    it(`to ${mailbox || 'nobody'} changes nothing`, async () => {
      await using api = await testApi();
      const { state } = await sentMessage(api);
      const payload = report(mailbox, '5.1.1');
      const answer = await api.app.inject({ method: 'POST', url: '/api/v3/bounces/', payload });
      assert.equal(answer.body, 'OK (bad signature)');
      assert.deepEqual(await state(), UNTOUCHED);
    });
  }
});
