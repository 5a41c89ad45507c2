import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPostedAlert } from '../alerts/read-post.ts';
import { findKind } from './channel-kinds.ts';
import { prepareDelivery } from './deliver.ts';
import { nextDeliveries } from './load.ts';
import { testPorts } from './testing/messages.ts';
import { notifyStore } from './testing/notify-store.ts';

const HOUR = 3_600_000;
const SITE = { baseUrl: 'https://vigie.test', ackLink: () => null };

/** A project with one channel whose budget is of two messages an hour. */
async function twoAnHour(settings: object = { address: 'ops@example.org', language: 'en' }) {
  const t = await notifyStore();
  const channel = await t.channel('email', { ...settings });
  await t.writer.run('channels.update', { projectId: t.projectId, code: channel.code, budget: 2 });
  const post = (ends: boolean, severity: string, ...names: string[]) => {
    const now = t.clock.now();
    return t.writer.run(
      'alerts.receive',
      names.map((alertname) => ({
        ...readPostedAlert({ labels: { alertname, severity } }, { projectId: t.projectId, now }),
        endsAt: ends ? now : null,
      })),
    );
  };
  return {
    ...t,
    channel,
    fire: (...names: string[]) => post(false, 'error', ...names),
    fireCritical: (...names: string[]) => post(false, 'critical', ...names),
    end: (...names: string[]) => post(true, 'error', ...names),
    async states(): Promise<string[]> {
      return (await t.deliveries()).map(({ kind, state }) => `${kind} ${state}`);
    },
    /** The digests that wait, with when they are due after noon. */
    async digests() {
      const waiting = (await t.deliveries()).filter(
        ({ kind, state }) => kind === 'digest' && state === 'queued',
      );
      return waiting.map(({ lane }) => lane);
    },
    async mailOf(lane: string) {
      const [delivery] = await nextDeliveries(t.store.db, [lane]);
      assert.ok(delivery !== undefined);
      const prepared = prepareDelivery(delivery, findKind, SITE);
      assert.ok('send' in prepared, JSON.stringify(prepared));
      const ports = testPorts();
      await prepared.send(ports);
      return ports.mails[0] ?? assert.fail('no mail');
    },
  };
}

test('what is beyond the budget goes into one message at the end of the hour', async () => {
  await using t = await twoAnHour();
  await t.fire('a', 'b');
  await t.clock.advance(60_000);
  await t.fire('c', 'd');
  assert.deepEqual(await t.states(), [
    'firing queued',
    'firing queued',
    'firing gathered',
    'firing gathered',
    'digest queued',
  ]);
  const lanes = await t.lanes();
  const digest = lanes.find(({ key }) => key.startsWith('digest:'));
  assert.equal(digest?.due_at, t.clock.now() - 60_000 + HOUR);
  assert.equal(lanes.length, 3);
  const gathered = (await t.deliveries()).filter(({ state }) => state === 'gathered');
  assert.deepEqual(
    gathered.map(({ answer }) => answer),
    [`in the digest ${digest.key}`, `in the digest ${digest.key}`],
  );
});

test('it says how many, what fires and what is over, by name', async () => {
  await using t = await twoAnHour();
  await t.fire('a', 'b', 'c', 'd');
  await t.end('d');
  const [lane = ''] = await t.digests();
  const mail = await t.mailOf(lane);
  assert.equal(mail.subject, '[ERROR] 3 messages in one: 1 alerts fire now.');
  assert.match(
    mail.text,
    /Fire now: 1\nResolved: 1\nAlerts: 2026-07-15 12:00:00 UTC c: fires\n.* d: resolved\n/,
  );
  assert.match(mail.text, /Alerts: https:\/\/vigie\.test\/alerts\n/);
  await t.end('c');
  assert.equal((await t.mailOf(lane)).subject, '[INFO] 4 messages in one: 0 alerts fire now.');
});

test('it names fifty at most, and says of how many', async () => {
  await using t = await twoAnHour({ address: 'ops@example.org', language: 'fr' });
  await t.fire(...Array.from({ length: 62 }, (_, i) => `alert ${i}`));
  const [lane = ''] = await t.digests();
  const { text } = await t.mailOf(lane);
  assert.match(text, /Les 50 premières sur 60: /);
  assert.equal(text.match(/: active$/gm)?.length, 50);
});

test('critical alerts are never gathered, but count', async () => {
  await using t = await twoAnHour();
  await t.fireCritical('a', 'b', 'c');
  await t.fire('d');
  assert.deepEqual(await t.states(), [
    'firing queued',
    'firing queued',
    'firing queued',
    'firing gathered',
    'digest queued',
  ]);
});

test('after the hour messages go one by one again', async () => {
  await using t = await twoAnHour();
  await t.fire('a', 'b', 'c');
  await t.clock.advance(HOUR - 1);
  await t.fire('d');
  await t.clock.advance(1);
  await t.fire('e');
  assert.deepEqual((await t.states()).slice(-2), ['firing gathered', 'firing queued']);
  assert.equal((await t.digests()).length, 1);
});

test('what comes while a digest is on its way is told, in another one if need be', async () => {
  await using t = await twoAnHour();
  await t.fire('a', 'b', 'c');
  // Another node, whose clock is an hour ahead, takes it.
  await t.store.db
    .updateTable('work')
    .set({ owner: 'other' })
    .where('key', 'in', await t.digests())
    .execute();
  await t.clock.advance(1);
  await t.fire('d', 'e', 'f');
  assert.deepEqual((await t.states()).slice(-4), [
    'firing queued',
    'firing queued',
    'firing gathered',
    'digest queued',
  ]);
  assert.equal((await t.digests()).length, 2);
});

test('the end of an alert whose firing was gathered is told all the same', async () => {
  await using t = await twoAnHour();
  await t.fire('a', 'b', 'c');
  await t.clock.advance(HOUR);
  await t.end('c');
  assert.equal((await t.states()).at(-1), 'resolved queued');
});

test('a channel that wants recoveries alone gets a digest too', async () => {
  await using t = await twoAnHour({ address: 'ops@example.org', down: false });
  await t.fire('a', 'b', 'c');
  const [lane = ''] = await t.digests();
  assert.match((await t.mailOf(lane)).subject, /^\[INFO\]/);
});
