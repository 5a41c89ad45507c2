/** An outage from its first sign to its last word, with a real mail server and a real webhook. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Channel } from '@vigie/contract';
import { type ApiServer, spawnApiServer } from '../support/api-server.ts';
import { startExim } from '../support/exim.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';
import { webhookReceiver } from '../support/webhook-receiver.ts';

/** Milliseconds after which a message counts as missing. */
const LOST = 5_000;
/** Milliseconds after which a dependent that stays down must have been told of. */
const SETTLED = 20_000;
/** Seconds: a dependent gets as long to recover after what it depends on has. */
const GRACE = 10;

interface Told {
  id: string;
  state: string;
  notified_at: string | null;
  held: { by: string; text: string }[];
  acknowledged: { by: string } | null;
}

test('one page for an outage of four checks, acknowledged by its link, resolved for those who got it', async (t) => {
  await using stack = new AsyncDisposableStack();
  const exim = stack.use(await startExim());
  const receiver = stack.use(await webhookReceiver());
  const folder = stack.use(tempFolder('outage'));
  const env = {
    VIGIE_MAIL_URL: `smtp://127.0.0.1:${exim.port}`,
    VIGIE_MAIL_FROM: 'Vigie <vigie@example.net>',
  };
  const server = stack.use(await spawnApiServer({ dataDir: folder.path, env }));
  const channels = await makeChannels(server, receiver.url);
  const check = (name: string, own: object) =>
    server.createCheck({ name, timeout: 3600, grace: GRACE, channels, ...own });
  const database = await check('Database', { tags: ['tier1'] });
  const dependents = await Promise.all(
    ['API', 'Worker', 'Reports'].map((name) => check(name, { depends_on: [database.id] })),
  );
  const [api, worker, reports] = dependents;
  assert.ok(api !== undefined && worker !== undefined && reports !== undefined);
  const mails = async (count: number) =>
    until(`mail ${count}`, LOST, async () => {
      const all = await exim.mails();
      return all.length >= count ? all : undefined;
    });

  // The database fails, and everything that needs it.
  for (const { ping_url } of [database, ...dependents]) await fetch(`${ping_url}/fail`);
  const [page] = await mails(1);
  assert.match(String(page?.mail.subject), /^\[CRITICAL\] Database - DOWN/);
  assert.deepEqual(await heldBy(server, dependents), [
    'dependency Database',
    'dependency Database',
    'dependency Database',
  ]);

  // Whoever got the page says so, by its link.
  const link = /^Acknowledge: (\S+)$/m.exec(page?.mail.text ?? '')?.[1];
  assert.ok(link !== undefined, page?.mail.text);
  const shown = await fetch(link);
  assert.equal(shown.status, 200);
  assert.equal(
    (await alertOf(server, database.id)).acknowledged,
    null,
    'looking at the page acknowledges nothing',
  );
  assert.equal((await fetch(link, { method: 'POST' })).status, 200);
  assert.match(String((await alertOf(server, database.id)).acknowledged?.by), /link/);

  // The database recovers, two dependents follow, one stays down.
  await fetch(String(database.ping_url));
  for (const { ping_url } of [api, worker]) await fetch(String(ping_url));
  const afterwards = await until('the last dependent is told', SETTLED, async () => {
    const all = await exim.mails();
    return all.length >= 3 ? all : undefined;
  });
  await fetch(String(reports.ping_url));
  await mails(4);

  const subjects = (await exim.mails()).map(({ mail }) => mail.subject);
  assert.deepEqual(
    subjects.slice(0, 3),
    afterwards.map(({ mail }) => mail.subject),
  );
  assert.deepEqual(subjects, [
    '[CRITICAL] Database - DOWN',
    '[INFO] Database - UP',
    '[ERROR] Reports - DOWN',
    '[INFO] Reports - UP',
  ]);
  const called = receiver.received.map(({ code, status }) => `${code} ${status}`);
  assert.deepEqual(called, [
    `${database.id} down`,
    `${database.id} up`,
    `${reports.id} down`,
    `${reports.id} up`,
  ]);
  for (const { id } of [api, worker]) {
    const { state, notified_at } = await alertOf(server, id);
    assert.deepEqual([state, notified_at], ['resolved', null]);
  }
  const stories = await Promise.all(
    [database, api, reports].map(async ({ id }) => explained(server, (await alertOf(server, id)).id)),
  );
  for (const story of stories) t.diagnostic(story.join('\n'));
  const expected = [
    ['Database was raised', 'goes to', 'was sent', 'Acknowledged by the link', 'Resolved', 'resolution to'],
    ['API was raised', 'held back', 'Resolved'],
    ['Reports was raised', 'held back', 'goes to', 'was sent', 'Resolved', 'resolution to'],
  ];
  expected.forEach((parts, i) => {
    let from = 0;
    for (const part of parts) {
      const at = stories[i]?.findIndex((line, n) => n >= from && line.includes(part)) ?? -1;
      assert.notEqual(at, -1, `"${part}" after line ${from} of:\n${stories[i]?.join('\n')}`);
      from = at;
    }
  });
});

async function makeChannels(server: ApiServer, hook: string): Promise<string[]> {
  const make = async (kind: string, settings: object): Promise<string> => {
    const channel: Channel = await server.call('POST', '/api/vigie/channels', { kind, name: kind, settings });
    return channel.id;
  };
  return [
    await make('email', { address: 'alice@example.org' }),
    await make('webhook', { method_down: 'POST', url_down: hook, method_up: 'POST', url_up: hook }),
  ];
}

/** The newest alert of a check. */
async function alertOf(server: ApiServer, check: string): Promise<Told> {
  const { items } = await server.call<{ items: Told[] }>('GET', `/api/vigie/alerts?check=${check}`);
  const [newest] = items;
  assert.ok(newest !== undefined, `no alert of ${check}`);
  return newest;
}

async function heldBy(server: ApiServer, checks: readonly { id: string }[]): Promise<string[]> {
  const alerts = await Promise.all(checks.map(({ id }) => alertOf(server, id)));
  return alerts.map(({ held }) => held.map(({ by, text }) => `${by} ${text}`).join());
}

/** The account of an alert, one line an event. */
async function explained(server: ApiServer, alert: string): Promise<string[]> {
  const { story } = await server.call<{ story: { at: string; text: string }[] }>(
    'GET',
    `/api/vigie/alerts/${alert}/explain`,
  );
  return story.map(({ at, text }) => `${at} ${text}`);
}
