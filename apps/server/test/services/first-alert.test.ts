/** The first promise to a new user: a missed deadline reaches people at once, and so does the recovery. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import type { Channel } from '@vigie/contract';
import { KEYS, spawnApiServer } from '../support/api-server.ts';
import { type ReceivedMail, startExim } from '../support/exim.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';
import { webhookReceiver } from '../support/webhook-receiver.ts';

const run = promisify(execFile);
/** Seconds, the shortest that the native API takes. */
const PERIOD = 5;
const GRACE = 5;
/** Milliseconds from the deadline, or from the recovering ping, to the receipt. */
const LAG = 250;
/** Outages at most until one is told in time. */
const ROUNDS = 4;
/** Milliseconds after which a message counts as missing. */
const LOST = 5_000;

test('a missed deadline reaches a real mail server and a webhook within 250 ms, and so does the recovery', async (t) => {
  await using stack = new AsyncDisposableStack();
  const exim = stack.use(await startExim());
  const receiver = stack.use(await webhookReceiver());
  const folder = stack.use(tempFolder('alert'));
  const env = {
    VIGIE_MAIL_URL: `smtp://127.0.0.1:${exim.port}`,
    VIGIE_MAIL_FROM: 'Vigie <vigie@example.net>',
  };
  const server = stack.use(await spawnApiServer({ dataDir: folder.path, env }));
  const channel = (kind: string, settings: object): Promise<Channel> =>
    server.call('POST', '/api/vigie/channels', { kind, name: kind, settings });
  const hook = { method_down: 'POST', url_down: receiver.url, method_up: 'POST', url_up: receiver.url };
  const channels = [await channel('email', { address: 'alice@example.org' }), await channel('webhook', hook)];
  const { id, ping_url } = await server.createCheck({
    name: 'Nightly backup',
    tags: ['tier1', 'db'],
    environment: 'production',
    timeout: PERIOD,
    grace: GRACE,
    channels: channels.map((made) => made.id),
  });
  const ping = async (): Promise<number> => {
    await run('curl', ['-fsS', '-m', '10', '--retry', '5', '-o', '/dev/null', String(ping_url)]);
    return Date.parse(String((await server.check(id)).last_ping));
  };
  const mail = async (number: number): Promise<ReceivedMail> =>
    until(`mail ${number}`, LOST, async () => (await exim.mails())[number - 1]);
  const call = async (number: number) =>
    until(`webhook ${number}`, LOST, () => receiver.received[number - 1]);
  /** Milliseconds from `from` to each receipt. */
  const lags = async (number: number, from: number) => {
    const [mailed, called] = [await mail(number), await call(number)];
    return { mailed, called, smtp: Math.round(mailed.at - from), webhook: called.at - from };
  };

  /** One outage from a ping to the next: its lags, in milliseconds. */
  const outage = async (round: number): Promise<number[]> => {
    const deadline = (await ping()) + (PERIOD + GRACE) * 1000;
    await until('the deadline has passed', (PERIOD + GRACE + 1) * 1000, () => Date.now() >= deadline);
    const down = await lags(2 * round - 1, deadline);
    assert.equal(Date.parse(String((await server.check(id)).down_since)), deadline);
    const up = await lags(2 * round, await ping());
    t.diagnostic(`from the deadline to the mail server ${down.smtp} ms, to the webhook ${down.webhook} ms`);
    t.diagnostic(
      `from the recovering ping to the mail server ${up.smtp} ms, to the webhook ${up.webhook} ms`,
    );
    for (const { mailed } of [down, up]) t.diagnostic(`${mailed.mail.subject}\n${mailed.mail.text ?? ''}`);
    assert.deepEqual([down.called.status, up.called.status], ['down', 'up']);
    assert.match(String(down.mailed.mail.subject), /Nightly backup - DOWN$/);
    assert.match(String(up.mailed.mail.subject), /Nightly backup - UP$/);
    assert.deepEqual([(await exim.mails()).length, receiver.received.length], [2 * round, 2 * round]);
    const all = [down.smtp, down.webhook, up.smtp, up.webhook];
    assert.ok(
      all.every((lag) => lag >= 0),
      `told too early: ${all}`,
    );
    return all;
  };

  // A machine that is busy with something else may spoil one outage, not each of them.
  let longest = Number.POSITIVE_INFINITY;
  let rounds = 0;
  while (longest > LAG && rounds < ROUNDS) {
    rounds += 1;
    longest = Math.max(...(await outage(rounds)));
  }
  assert.ok(longest <= LAG, `a lag of ${longest} ms in the last of ${rounds} outages`);
  const told = await (
    await fetch(`${server.url}/metrics`, { headers: { 'X-Metrics-Key': KEYS.metrics } })
  ).text();
  const [, flipped] = /^vigie_deadline_lag_seconds_sum (.+)$/m.exec(told) ?? [];
  t.diagnostic(`from the deadlines to the durable flips ${Number(flipped) * 1000} ms in all`);
  assert.match(told, new RegExp(`^vigie_deadline_lag_seconds_count ${rounds}$`, 'm'));
});
