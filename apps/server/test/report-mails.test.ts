/** A report from its morning to the mailbox, and out of it. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { type MailServer, mailServer, refusal } from '../src/notify/testing/mail-server.ts';
import { openStore } from '../src/store/open.ts';
import { FakeClock } from '../src/testing/fake-clock.ts';
import { fillShop, MONDAY, RITA, SUBJECT, shopServer } from './support/reports/shop.ts';
import type { TestServer } from './support/server.ts';
import { tempFolder } from './support/temp-folder.ts';
import { until } from './support/until.ts';

const MINUTE = 60_000;
/** Milliseconds after which a mail counts as missing. */
const LOST = 120_000;
/** Milliseconds of the server's clock between two looks: mails take real time, and a try must not run out of its own. */
const STEP = 250;

interface Site extends AsyncDisposable {
  server: TestServer;
  clock: FakeClock;
  mailbox: MailServer;
  /** Waits, and lets time pass, until the ledger of reports says this: kind, state and tries of each. */
  ledger(states: RegExp): Promise<void>;
}

async function site(options: Parameters<typeof mailServer>[0] = {}): Promise<Site> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(tempFolder('reports'));
  const store = openStore(`sqlite:${join(folder.path, 'vigie.db')}`);
  await fillShop(store);
  await store.close();
  const mailbox = stack.use(await mailServer(options));
  const clock = new FakeClock(MONDAY);
  const server = stack.use(await shopServer(clock, mailbox.url, { dataDir: folder.path }));
  const running = stack.move();
  return {
    server,
    clock,
    mailbox,
    async ledger(states) {
      await until(`the ledger says ${states}`, LOST, async () => {
        await clock.advance(STEP);
        return states.test((await statesIn(server)).join());
      });
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** The reports that were asked for, in order: `weekly sent 1`. */
async function statesIn(server: TestServer): Promise<string[]> {
  const rows = await server.app.context.store.db
    .selectFrom('deliveries')
    .select(['key', 'state', 'attempts'])
    .where('kind', '=', 'report')
    .orderBy('id')
    .execute();
  return rows.map(({ key, state, attempts }) => `${key.split('/')[3]} ${state} ${attempts}`);
}

test('on Monday at eight the week is told, with a link that ends it by one press', async () => {
  await using own = await site();
  await own.clock.advance(9 * MINUTE);
  assert.deepEqual(await statesIn(own.server), []);
  await own.clock.advance(MINUTE);
  await own.ledger(/^daily sent 1,weekly sent 1$/);
  const [daily, weekly] = own.mailbox.mails;
  assert.match(String(daily?.subject), / - Shop, Sunday 19 July$/);
  assert.equal(weekly?.subject, SUBJECT);
  assert.deepEqual(weekly?.envelope.to, [RITA]);
  assert.equal(weekly?.messageId?.replace(/\d+/g, 'n'), '<report.n.n.weekly.n-n-n@example.net>');
  assert.match(String(weekly?.text), /DOWN NOW: 1\n- Database: for 12 h 10 min\n/);
  assert.match(String(weekly?.html), /Web &lt;1&gt;/);
  assert.equal(weekly?.headers.get('auto-submitted'), 'auto-generated');
  const list = weekly?.headers.get('list') as { unsubscribe?: { url: string } };
  assert.match(
    weekly?.headerLines.map(({ line }) => line).join('\n') ?? '',
    /^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m,
  );
  const url = list.unsubscribe?.url ?? '';
  assert.match(url, /\/unsubscribe\/[\w-]{39}$/);

  assert.equal((await fetch(url)).status, 200);
  const pressed = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
  });
  assert.equal(pressed.status, 200);
  const { report_weekly, report_daily } = await own.server.app.context.store.db
    .selectFrom('members')
    .innerJoin('users', 'users.id', 'members.user_id')
    .select(['report_weekly', 'report_daily'])
    .where('users.email', '=', RITA)
    .executeTakeFirstOrThrow();
  assert.deepEqual([report_weekly, report_daily], [0, 1]);
});

test('a mail server that refuses for now gets it again, until it takes it', async () => {
  let refused = 0;
  await using own = await site({
    onData(stream, _session, callback) {
      stream.resume().on('end', () => callback(refused++ < 2 ? refusal(451, '4.3.0 later') : null, 'queued'));
    },
  });
  await own.clock.advance(10 * MINUTE);
  await own.ledger(/^daily sent 3,weekly sent 1$/);
});

test('an address that does not exist fails for good; ledger and metrics say so', async () => {
  await using own = await site({
    onRcptTo: (_address, _session, callback) => callback(refusal(550, '5.1.1 no such user')),
  });
  await own.clock.advance(10 * MINUTE);
  await own.ledger(/^daily failed 1,weekly failed 1$/);
  const shown = await fetch(`${own.server.url}/metrics`, {
    headers: { Authorization: 'Bearer a-metrics-key-for-tests' },
  });
  assert.match(await shown.text(), /vigie_deliveries_total\{outcome="failed"\} 2/);
});

test('who wants it no more is not sent what waits', async () => {
  let isOpen = false;
  await using own = await site({
    onRcptTo: (_address, _session, callback) => callback(isOpen ? null : refusal(451, '4.3.0 later')),
  });
  await own.clock.advance(10 * MINUTE);
  await own.ledger(/^daily queued [1-9]/);
  const { store, writer } = own.server.app.context;
  const { user_id: userId, project_id: projectId } = await store.db
    .selectFrom('deliveries')
    .select(['user_id', 'project_id'])
    .executeTakeFirstOrThrow();
  const changes = [{ projectId, wanted: { daily: false } }];
  await writer.run('reports.subscribe', { userId: userId ?? 0, email: RITA, changes });
  isOpen = true;
  await own.ledger(/^daily skipped \d+,weekly sent \d+$/);
  assert.equal(own.mailbox.mails.length, 1);
});
