/** A weekly report with two servers on one PostgreSQL and a real mail server: it arrives once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openStore } from '../../src/store/open.ts';
import { FakeClock } from '../../src/testing/fake-clock.ts';
import { startExim } from '../support/exim.ts';
import { startPostgres } from '../support/postgres.ts';
import { fillShop, MONDAY, RITA, SUBJECT, shopServer } from '../support/reports/shop.ts';
import { until } from '../support/until.ts';

const MINUTE = 60_000;
/** Milliseconds after which a mail counts as missing. */
const LOST = 60_000;
/** Milliseconds of the servers' clock between two looks: mails take real time, and a lease must not run out of its own. */
const STEP = 100;

test('two nodes, one clock that comes to Monday at eight: each report arrives once', async () => {
  await using stack = new AsyncDisposableStack();
  const postgres = stack.adopt(await startPostgres(), (started) => started.close());
  const exim = stack.use(await startExim());
  const store = stack.adopt(openStore(postgres.url), (opened) => opened.close());
  await fillShop(store);
  const clock = new FakeClock(MONDAY);
  const mailUrl = `smtp://127.0.0.1:${exim.port}`;
  const env = { VIGIE_DATABASE_URL: postgres.url };
  const nodes = [await shopServer(clock, mailUrl, { env }), await shopServer(clock, mailUrl, { env })];
  for (const node of nodes) stack.use(node);

  await clock.advance(9 * MINUTE);
  assert.deepEqual(await exim.mails(), []);
  await clock.advance(MINUTE);
  const states = async (): Promise<string[]> => {
    const rows = store.db.selectFrom('deliveries').select(['state', 'attempts']).where('kind', '=', 'report');
    return (await rows.execute()).map(({ state, attempts }) => `${state} ${attempts}`);
  };
  await until('both reports are sent', LOST, async () => {
    await clock.advance(STEP);
    return (await states()).every((state) => state === 'sent 1') && (await exim.mails()).length >= 2;
  });
  // Whatever one of the nodes may still think it has to send.
  await clock.advance(20 * MINUTE);
  const mails = await exim.mails();
  assert.deepEqual(mails.map(({ mail }) => mail.subject).sort(), [
    SUBJECT.replace(/:.*/, ': 1 outage, 91.31 % uptime, 1 down now - Shop, Sunday 19 July'),
    SUBJECT,
  ]);
  for (const { mail } of mails) assert.match(JSON.stringify(mail.to), new RegExp(RITA));
  const url = /^Unsubscribe: (\S+)$/m.exec(mails[0]?.mail.text ?? '')?.[1] ?? '';
  const [, token = ''] = url.split('/unsubscribe/');

  // The other node takes the press as well.
  for (const { url: base } of nodes) {
    const answer = await fetch(`${base}/unsubscribe/${token}`, {
      method: 'POST',
      body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
    });
    assert.equal(answer.status, 200);
  }
  assert.deepEqual(await states(), ['sent 1', 'sent 1']);
});
