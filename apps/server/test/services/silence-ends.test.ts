/** Two servers on one PostgreSQL, one of them killed: that a silence ends soon is told once all the same. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Channel, Delivery, Page, Silence } from '@vigie/contract';
import { type ApiServer, spawnApiServer } from '../support/api-server.ts';
import { startPostgres } from '../support/postgres.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';
import { webhookReceiver } from '../support/webhook-receiver.ts';

/** Milliseconds that the silence lasts; three quarters of it are over when its end is told. */
const LENGTH = 16_000;
/** Milliseconds after which a message counts as missing. */
const LOST = 10_000;

test('that a silence ends soon is told once by several servers, one of them killed', async () => {
  await using stack = new AsyncDisposableStack();
  const postgres = stack.adopt(await startPostgres(), (started) => started.close());
  const receiver = stack.use(await webhookReceiver());
  const folder = stack.use(tempFolder('silence-ends'));
  const env = { VIGIE_DATABASE_URL: postgres.url, VIGIE_SECRET_KEY: 'one secret key for all of the nodes' };
  const start = async (name: string): Promise<ApiServer> =>
    stack.use(await spawnApiServer({ dataDir: join(folder.path, name), env }));
  const first = await start('a');
  // A webhook would not be told of it; Slack's is an address like any other.
  const settings = { url: receiver.url };
  await first.call<Channel>('POST', '/api/vigie/channels', { kind: 'slack', name: 'team', settings });
  const check = await first.createCheck({ name: 'Shop' });
  await first.createCheck({ name: 'Search' });
  const silence = await first.call<Silence>('POST', '/api/vigie/silences', {
    matchers: [{ name: 'check', value: 'Shop' }],
    ends_at: new Date(Date.now() + LENGTH).toISOString(),
    comment: 'new release',
  });
  await fetch(`${check.ping_url}/fail`);
  await first.end('SIGKILL');

  const notices = async (server: ApiServer): Promise<Delivery[]> => {
    const { items } = await server.call<Page<Delivery>>('GET', '/api/vigie/deliveries');
    return items.filter(({ kind }) => kind === 'notice');
  };
  const others = [await start('b'), await start('c')];
  await until('the end is told', LENGTH + LOST, () => receiver.received.length > 0);
  assert.ok((receiver.received[0]?.at ?? 0) < Date.parse(silence.ends_at), 'the machine was too slow');
  // What it hid comes after its end: by then a second notice would have come too.
  await until('what it hid is told', LENGTH + LOST, () => receiver.received.length > 1);
  const told = await until('it is written down', LOST, async () => {
    const own = await notices(others[0] ?? first);
    return own.every(({ state }) => state === 'sent') ? own : undefined;
  });
  assert.equal(told.length, 1);
  assert.ok((receiver.received[1]?.at ?? 0) >= Date.parse(silence.ends_at));
  assert.equal(receiver.received.length, 2);
});
