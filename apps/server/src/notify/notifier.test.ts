import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventHub } from '../events.ts';
import { ADOPT_EVERY, createNotifier } from './notifier.ts';
import { localServer, until } from './testing/local-server.ts';
import { mailServer } from './testing/mail-server.ts';
import { notifyStore } from './testing/notify-store.ts';

/** Notifications as a server runs them, on a clock that stands still. */
async function running(own: { mailUrl?: string; allowPrivate?: boolean } = {}) {
  const events = new EventHub();
  const t = await notifyStore((effects) => events.publish(effects));
  const errors: string[] = [];
  const targets = { allowPrivate: own.allowPrivate ?? true, allow: [] };
  const mail = { url: own.mailUrl ?? null, from: 'Vigie <vigie@vigie.test>' };
  const notifier = createNotifier({
    ...t,
    nodeId: 'node',
    version: '0.0.0',
    events,
    config: () => ({ baseUrl: 'https://vigie.test', siteName: 'Vigie', mail, targets }),
    ackLink: () => null,
    checkJson: async ({ name, status }) => ({ name, status }),
    onError: (message) => errors.push(message),
    random: () => 1,
  });
  await notifier.start();
  const states = async (): Promise<string[]> =>
    (await t.deliveries()).map(({ state, error }) => `${state} ${error}`.trim());
  /** Waits until the ledger says so. */
  const comesTo = async (...expected: string[]): Promise<void> => {
    for (;;) {
      const change = Promise.withResolvers<void>();
      const forget = events.on('changed', () => change.resolve());
      if (`${await states()}` === `${expected}`) return forget();
      await change.promise;
      forget();
    }
  };
  return {
    ...t,
    errors,
    comesTo,
    async [Symbol.asyncDispose]() {
      await notifier.stop();
      await t[Symbol.asyncDispose]();
    },
  };
}

test('an outage and its end reach a webhook and a mail server, each once', async () => {
  await using server = await localServer();
  await using post = await mailServer();
  await using t = await running({ mailUrl: post.url });
  const url = `${server.url}/$STATUS/$NAME?$TAG1`;
  const body = '{"check":$JSON,"said":$BODY_JSON}';
  await t.channel('webhook', { url_down: url, method_down: 'POST', body_down: body, url_up: url });
  await t.channel('email', { address: 'ops@example.org' });
  const [code = ''] = await t.checks(1, { name: 'Nightly backup', tags: 'tier1' });
  await t.ping(code, 'fail', 'disk full');
  await t.clock.advance(5);
  await t.comesTo('sent', 'sent');
  await t.ping(code, 'success');
  await t.clock.advance(5);
  await t.comesTo('sent', 'sent', 'sent', 'sent');
  assert.deepEqual(
    server.received.map(({ method, path, body }) => `${method} ${path} ${body}`),
    [
      'POST /down/Nightly%20backup?tier1 {"check":{"name":"Nightly backup","status":"down"},"said":"disk full"}',
      'GET /up/Nightly%20backup?tier1 ',
    ],
  );
  assert.deepEqual(
    post.mails.map(({ subject }) => subject),
    ['[CRITICAL] Nightly backup - DOWN', '[INFO] Nightly backup - UP'],
  );
  const keys = (await t.deliveries()).map(({ key }) => key);
  const ids = server.received.map(({ headers }) => headers['webhook-id']);
  assert.deepEqual(ids, [keys[0], keys[2]]);
  assert.equal(post.mails[0]?.messageId, `<${keys[1]?.replace(':', '.')}@vigie.test>`);
  assert.deepEqual(t.errors, []);
});

test('a server that asks for patience gets it, and then the same message under the same key', async () => {
  let busy = true;
  await using server = await localServer((response) => {
    response.writeHead(busy ? 429 : 200, busy ? { 'Retry-After': '60' } : {}).end();
  });
  await using t = await running();
  await t.channel('webhook', { url_down: server.url });
  const [one = '', two = ''] = await t.checks(2);
  await t.ping(one, 'fail');
  await t.clock.advance(5);
  await t.comesTo('queued HTTP 429');
  await t.ping(two, 'fail');
  await t.clock.advance(30_000);
  assert.equal(server.received.length, 1);
  busy = false;
  await t.clock.advance(40_000);
  await t.comesTo('sent', 'sent');
  const ids = server.received.map(({ headers }) => headers['webhook-id']);
  assert.equal(ids.length, 3);
  assert.equal(new Set(ids).size, 2);
  assert.ok(ids.slice(1).includes(ids[0]));
});

test('a test send goes out at once and once, and the ledger tells how it went', async () => {
  await using server = await localServer((response) => response.writeHead(500).end());
  await using t = await running();
  const broken = await t.channel('webhook', { url_down: server.url });
  const mail = await t.channel('email', { address: 'ops@example.org' });
  for (const { code } of [broken, mail]) await t.writer.run('notify.test', { projectId: t.projectId, code });
  await t.clock.advance(5);
  await t.comesTo('failed HTTP 500', 'failed outgoing mail is not configured (VIGIE_MAIL_URL)');
  const channels = await t.store.db
    .selectFrom('channels')
    .select(['last_error', 'disabled'])
    .orderBy('id')
    .execute();
  assert.deepEqual(
    channels.map(({ last_error, disabled }) => `${last_error} ${disabled}`),
    ['HTTP 500 0', 'outgoing mail is not configured (VIGIE_MAIL_URL) 0'],
  );
});

test('what a server repeats of a secret does not reach the ledger', async () => {
  await using server = await localServer((response, { path, headers }) => {
    response.writeHead(400).end(`no ${path} for ${headers.authorization}`);
  });
  await using t = await running();
  const headers = { Authorization: 'Bearer sesame-open' };
  await t.channel('webhook', {
    url_down: `${server.url}/hook/abcdefghijkl?key=0123456789`,
    headers_down: headers,
  });
  const [code = ''] = await t.checks(1);
  await t.ping(code, 'fail');
  await t.clock.advance(5);
  await t.comesTo('failed HTTP 400: no *** for ***');
  const stored = JSON.stringify([await t.deliveries(), await t.attempts(), t.errors]);
  assert.doesNotMatch(stored, /abcdefghijkl|0123456789|sesame/);
});

test('private targets are refused where the operator says so', async () => {
  await using server = await localServer();
  await using t = await running({ allowPrivate: false });
  await t.channel('slack', { url: server.url });
  const [code = ''] = await t.checks(1);
  await t.ping(code, 'fail');
  await t.clock.advance(5);
  await until(() => t.effects.some((effect) => effect.type === 'changed' && effect.noun === 'delivery'));
  const [delivery] = await t.deliveries();
  assert.equal(delivery?.state, 'failed');
  assert.match(delivery?.error ?? '', /^calling 127\.0\.0\.1 is refused: private addresses/);
  assert.equal(server.received.length, 0);
});

test('what an earlier run left claimed is sent at the start', async () => {
  await using server = await localServer();
  await using t = await notifyStore();
  await t.channel('slack', { url: server.url });
  const [code = ''] = await t.checks(1);
  await t.ping(code, 'fail');
  await t.writer.run('work.claim', { kind: 'delivery', owner: 'killed', lease: 120_000, limit: 1 });
  const notifier = createNotifier({
    ...t,
    nodeId: 'node',
    version: '0.0.0',
    events: new EventHub(),
    config: () => ({
      baseUrl: 'https://vigie.test',
      siteName: 'Vigie',
      mail: { url: null, from: '' },
      targets: { allowPrivate: true, allow: [] },
    }),
    ackLink: () => null,
    checkJson: async () => ({}),
    onError: (message) => assert.fail(message),
  });
  await notifier.start();
  await t.clock.advance(5);
  await until(() => server.received.length === 1);
  await notifier.stop();
  assert.equal((await t.deliveries())[0]?.state, 'sent');
});

test('a look for lanes of dead nodes that failed is not the last one', async () => {
  const events = new EventHub();
  await using t = await notifyStore((effects) => events.publish(effects));
  const errors: string[] = [];
  let looks = 0;
  const notifier = createNotifier({
    ...t,
    store: { ...t.store, engine: 'postgres' },
    writer: {
      run: async (name, input) => {
        if (name === 'notify.adopt') looks += 1;
        if (looks === 2) throw new Error('the connection is lost');
        return t.writer.run(name, input);
      },
    },
    nodeId: 'node',
    version: '0.0.0',
    events,
    config: () => ({
      baseUrl: 'https://vigie.test',
      siteName: 'Vigie',
      mail: { url: null, from: 'Vigie <vigie@vigie.test>' },
      targets: { allowPrivate: true, allow: [] },
    }),
    ackLink: () => null,
    checkJson: async () => ({}),
    onError: (message) => errors.push(message),
  });
  await notifier.start();
  await t.clock.advance(ADOPT_EVERY);
  await until(() => errors.length === 1);
  await t.clock.advance(ADOPT_EVERY);
  await until(() => looks === 3);
  await notifier.stop();
  assert.match(errors[0] ?? '', /taken over: the connection is lost/);
});
