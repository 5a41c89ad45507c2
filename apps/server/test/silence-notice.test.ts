import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findKind } from '../src/notify/channel-kinds.ts';
import { prepareDelivery } from '../src/notify/deliver.ts';
import { nextDeliveries } from '../src/notify/load.ts';
import { testPorts } from '../src/notify/testing/messages.ts';
import { type NotifyStore, notifyStore } from '../src/notify/testing/notify-store.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const EMAIL = { address: 'ops@example.org' };
const matchers = [{ name: 'check', value: 'web', isRegex: false, isEqual: true }];

interface Site extends NotifyStore {
  silence(length: number, code?: string): Promise<string>;
  /** Looks when something about silences is due, as the timer would, until `duration` has passed. */
  pass(duration: number): Promise<void>;
  notices(): Promise<string[]>;
}

async function site(): Promise<Site> {
  const own = await notifyStore();
  const { writer, clock, projectId, store } = own;
  return {
    ...own,
    async silence(length, code) {
      const silence = await writer.run('silences.set', {
        projectId,
        code: code ?? null,
        matchers,
        startsAt: null,
        endsAt: clock.now() + length,
        author: 'Bob',
        comment: 'deploy of\nthe shop',
      });
      return silence.code;
    },
    async pass(duration) {
      const end = clock.now() + duration;
      for (;;) {
        const { next } = await writer.run('silences.review', null);
        if (next === null || next > end) break;
        await clock.advance(Math.max(0, next - clock.now()));
      }
      await clock.advance(end - clock.now());
    },
    async notices() {
      const rows = await store.db
        .selectFrom('deliveries')
        .innerJoin('channels', 'channels.id', 'deliveries.channel_id')
        .select(['channels.name', 'deliveries.created_at'])
        .where('deliveries.kind', '=', 'notice')
        .orderBy('deliveries.id')
        .execute();
      return rows.map((row) => `${row.name} ${new Date(row.created_at).toISOString().slice(11, 16)}`);
    },
  };
}

const LENGTHS: [length: number, told: string][] = [
  // A quarter of its length before its end, an hour at most.
  [1 * HOUR, '12:45'],
  [4 * HOUR, '15:00'],
  [10 * HOUR, '21:00'],
];
for (const [length, told] of LENGTHS) {
  test(`a silence of ${length / HOUR} h that hides something is told once, at ${told}`, async () => {
    await using own = await site();
    await own.channel('email', EMAIL);
    await own.silence(length);
    const [code = ''] = await own.checks(1, { name: 'web' });
    await own.ping(code, 'fail');
    await own.pass(2 * length);
    assert.deepEqual(await own.notices(), [`email ${told}`]);
  });
}

test('one that hides nothing then, or was ended, is told to nobody', async () => {
  await using own = await site();
  await own.channel('email', EMAIL);
  await own.silence(HOUR);
  const ended = await own.silence(HOUR);
  await own.writer.run('silences.expire', { projectId: own.projectId, code: ended });
  const [code = '', other = ''] = await own.checks(2, { name: 'web' });
  await own.ping(code, 'fail');
  await own.ping(code, 'success');
  await own.pass(50 * MINUTE);
  await own.ping(other, 'fail');
  await own.pass(50 * MINUTE);
  assert.deepEqual(await own.notices(), []);
  assert.deepEqual(
    await own.store.db.selectFrom('work').selectAll().where('kind', '=', 'silence').execute(),
    [],
  );
});

test('one whose comment was changed after that is not told again', async () => {
  await using own = await site();
  await own.channel('email', EMAIL);
  const silence = await own.silence(HOUR);
  const [code = ''] = await own.checks(1, { name: 'web' });
  await own.ping(code, 'fail');
  await own.pass(50 * MINUTE);
  assert.equal(await own.silence(10 * MINUTE, silence), silence);
  await own.pass(HOUR);
  assert.deepEqual(await own.notices(), ['email 12:45']);
});

test('one whose end was moved is told of its new end', async () => {
  await using own = await site();
  await own.channel('email', EMAIL);
  const silence = await own.silence(HOUR);
  const [code = ''] = await own.checks(1, { name: 'web' });
  await own.ping(code, 'fail');
  await own.pass(50 * MINUTE);
  assert.deepEqual(await own.notices(), ['email 12:45']);
  await own.silence(7 * HOUR, silence);
  await own.pass(10 * HOUR);
  assert.deepEqual(await own.notices(), ['email 12:45', 'email 18:50']);
  // The first one says nothing any more, should it still wait.
  const lanes = (await own.deliveries()).map(({ lane }) => lane);
  const [delivery] = await nextDeliveries(own.store.db, [...new Set(lanes)]);
  assert.ok(delivery !== undefined);
  const prepared = prepareDelivery(delivery, findKind, {
    baseUrl: 'https://vigie.test',
    ackLink: () => null,
  });
  assert.deepEqual(prepared, {
    outcome: { state: 'skipped', reason: 'the silence ends at another time now' },
  });
});

test('one whose end was moved away and back is told again, and those after it are', async () => {
  await using own = await site();
  await own.channel('email', EMAIL);
  const silence = await own.silence(HOUR);
  const [code = ''] = await own.checks(1, { name: 'web' });
  await own.ping(code, 'fail');
  await own.pass(50 * MINUTE);
  await own.silence(7 * HOUR, silence);
  await own.silence(10 * MINUTE, silence);
  await own.silence(4 * HOUR);
  await own.pass(5 * HOUR);
  assert.deepEqual(await own.notices(), ['email 12:45', 'email 12:50', 'email 15:50']);
});

const STEPS: [name: string, delta: number, told: string][] = [
  ['set back', -HOUR, '15:00'],
  ['set ahead', HOUR, '15:00'],
  ['set ahead beyond its time', 1.5 * HOUR, '15:30'],
];
for (const [name, delta, told] of STEPS) {
  test(`it follows a clock that was ${name}`, async () => {
    await using own = await site();
    await own.channel('email', EMAIL);
    await own.silence(4 * HOUR);
    const [code = ''] = await own.checks(1, { name: 'web' });
    await own.ping(code, 'fail');
    await own.pass(2 * HOUR);
    own.clock.step(delta);
    await own.writer.run('checks.shift', { node: 'n', delta });
    await own.pass(5 * HOUR);
    assert.deepEqual(await own.notices(), [`email ${told}`]);
  });
}

test('it goes to each channel that the alerts would go to, once; programs are left in peace', async () => {
  await using own = await site();
  await own.channel('email', EMAIL);
  await own.channel('slack', { url: 'https://slack.test/x' });
  await own.channel('webhook', { url_down: 'https://hook.test/' });
  await own.channel('pagerduty', { key: 'k'.repeat(32) });
  await own.silence(4 * HOUR);
  for (const code of await own.checks(3, { name: 'web' })) await own.ping(code, 'fail');
  await own.pass(3 * HOUR);
  assert.deepEqual(
    (await own.notices()).sort(),
    ['email', 'pagerduty', 'slack', 'webhook'].map((name) => `${name} 15:00`),
  );
  const lanes = (await own.deliveries()).map(({ lane }) => lane);
  const ports = testPorts();
  const outcomes: string[] = [];
  for (const delivery of await nextDeliveries(own.store.db, lanes)) {
    const prepared = prepareDelivery(delivery, findKind, {
      baseUrl: 'https://vigie.test',
      ackLink: () => null,
    });
    if ('outcome' in prepared) outcomes.push(JSON.stringify(prepared.outcome));
    else await prepared.send(ports);
  }
  assert.deepEqual(outcomes.sort(), [
    '{"state":"skipped","reason":"PagerDuty is told of outages and recoveries alone"}',
    '{"state":"skipped","reason":"the webhook has no address for notices"}',
  ]);
  const [mail] = ports.mails;
  assert.equal(mail?.subject, '[INFO] Ends soon and still hides alerts: the silence "deploy of the shop".');
  assert.match(
    mail?.text ?? '',
    /^Silence: deploy of\nthe shop\nMade by: Bob\nEnds: 2026-07-15 16:00:00 UTC\nHides among others: web\nProject: Shop\n\nSilence: https:\/\/vigie.test\/silences\/[0-9a-f-]{36}\n/,
  );
  assert.match(String(ports.calls[0]?.body), /"title":"Ends soon and still hides alerts: the silence/);
});

test('it counts in the budget of its channel, and goes into the digest where that is used up', async () => {
  await using own = await site();
  const { id } = await own.channel('email', EMAIL);
  await own.store.db.updateTable('channels').set({ budget: 1 }).execute();
  await own.silence(HOUR);
  const [web = '', other = ''] = await own.checks(2, { name: 'web' });
  await own.store.db.updateTable('checks').set({ name: 'other' }).where('code', '=', other).execute();
  await own.ping(web, 'fail');
  await own.pass(40 * MINUTE);
  await own.ping(other, 'fail');
  await own.pass(10 * MINUTE);
  const rows = (await own.deliveries()).map(({ kind, state, alert_id }) => [kind, state, alert_id !== null]);
  assert.deepEqual(rows, [
    ['firing', 'queued', true],
    ['notice', 'gathered', false],
    ['digest', 'queued', false],
  ]);
  const [digest] = await nextDeliveries(own.store.db, [`digest:${id}:${own.clock.now() - 10 * MINUTE}`]);
  assert.deepEqual([digest?.digest?.messages, digest?.digest?.alerts], [1, []]);
});
