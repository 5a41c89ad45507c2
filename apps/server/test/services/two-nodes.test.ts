/** Promises 2 and 3 with two servers on one PostgreSQL, one of them killed in the middle of it. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { openStore, type Store } from '../../src/store/open.ts';
import { percentile, pingLoad } from '../support/ping-load.ts';
import { startPostgres } from '../support/postgres.ts';
import { seed } from '../support/seed.ts';
import { type ServerProcess, spawnServer } from '../support/server-process.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { type Received, webhookReceiver } from '../support/webhook-receiver.ts';

const SILENT = 200;
const FAITHFUL = 40;
/** Seconds, the shortest that the native API takes. */
const FIELDS = { timeout: 5, grace: 5 };
const DEADLINE = 10_000;
/** Milliseconds over which the first pings, and so the deadlines, are spread. */
const SPREAD = 3_000;
/** Milliseconds by which a notification may trail its deadline; a killed node's lanes have a lease. */
const LATEST = 30_000;
/** Milliseconds between a receipt and the commit of its result: only there may a kill make a key come twice. */
const IN_FLIGHT = 2_000;

async function until(what: string, within: number, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + within; !(await holds()); await delay(20)) {
    if (performance.now() > end) throw new Error(`not within ${within} ms: ${what}`);
  }
}

async function ping(server: ServerProcess, codes: readonly string[], name: string): Promise<void> {
  const more = (number: number): boolean => number < codes.length;
  const pings = await pingLoad({ port: server.port, codes, connections: 8, name, more });
  assert.ok(pings.every(({ status }) => status === 200));
}

/** Each check's flips in order, as `old-new`. */
async function flipsOf(store: Store): Promise<Map<string, string[]>> {
  const rows = await store.db
    .selectFrom('flips')
    .innerJoin('checks', 'checks.id', 'flips.check_id')
    .select(['checks.code', 'old_status', 'new_status'])
    .orderBy('flips.created_at')
    .execute();
  const flips = new Map<string, string[]>();
  for (const { code, old_status, new_status } of rows) {
    flips.set(code, [...(flips.get(code) ?? []), `${old_status}-${new_status}`]);
  }
  return flips;
}

/** Milliseconds from each deadline to its notification. */
async function lags(store: Store, received: readonly Received[]): Promise<number[]> {
  const rows = await store.db
    .selectFrom('flips')
    .innerJoin('checks', 'checks.id', 'flips.check_id')
    .select(['checks.code', 'flips.created_at'])
    .where('new_status', '=', 'down')
    .execute();
  const deadlines = new Map(rows.map(({ code, created_at }) => [code, created_at]));
  return received
    .filter(({ status }) => status === 'down')
    .map(({ code, at }) => at - (deadlines.get(code) ?? Number.NaN));
}

test('two servers on one PostgreSQL, one killed: each flip once, each message there', async (t) => {
  await using stack = new AsyncDisposableStack();
  const postgres = stack.adopt(await startPostgres(), (started) => started.close());
  const receiver = stack.use(await webhookReceiver());
  const codes = await seed(postgres.url, {
    checks: SILENT + FAITHFUL,
    fields: FIELDS,
    webhooks: [{ url: receiver.url }],
  });
  const [silent, faithful] = [codes.slice(0, SILENT), codes.slice(SILENT)];
  const folder = stack.use(tempFolder('nodes'));
  const env = { VIGIE_DATABASE_URL: postgres.url, VIGIE_SECRET_KEY: 'one secret key for both of the nodes' };
  const start = (name: string): Promise<ServerProcess> =>
    spawnServer({ dataDir: join(folder.path, name), env });
  const [a, b] = (await Promise.all([start('a'), start('b')])).map((server) => stack.use(server));
  if (a === undefined || b === undefined) throw new Error('BUG: two servers');
  const store = stack.adopt(openStore(postgres.url), (opened) => opened.close());
  const downs = (): Received[] => receiver.received.filter(({ status }) => status === 'down');

  // Every first ping goes to A alone: what B knows of their deadlines it has from the others' commits.
  const began = Date.now();
  for (let part = 0; part < 10; part++) {
    await ping(a, silent.slice((part * SILENT) / 10, ((part + 1) * SILENT) / 10), `first${part}`);
    await delay(SPREAD / 10);
  }
  // Deadlines that A's pings keep moving, and B must not believe to have passed.
  let alive = a;
  let kept: readonly string[] = faithful;
  let isOver = false;
  stack.defer(() => {
    isOver = true;
  });
  const keeping = (async () => {
    // Until their flips are read: on a slow machine they would else be late by right.
    for (let round = 0; !isOver || Date.now() < began + DEADLINE + SPREAD + 4_000; round++) {
      await ping(alive, kept, `kept${round}`).catch((error: unknown) => {
        if (alive === a) throw error;
      });
      await delay(1_000);
    }
  })();
  await until('A third of the deadlines has passed', DEADLINE + SPREAD, () => downs().length > SILENT / 3);
  alive = b;
  await a.end('SIGKILL');
  // Until now it may have sent what it could not write down any more.
  const killed = Date.now();
  const byThen = downs().length;

  await until('every silent check is announced down', LATEST, () => {
    return new Set(downs().map(({ key }) => key)).size === SILENT;
  });
  const lag = await lags(store, receiver.received);
  await ping(b, silent, 'again');
  // What waited for the lease of A's lanes may take longer than their next deadlines.
  kept = codes;
  await until('nothing is left in the queue', LATEST, async () => {
    const queued = await store.db
      .selectFrom('deliveries')
      .select('id')
      .where('state', '=', 'queued')
      .execute();
    const work = await store.db.selectFrom('work').select('key').where('kind', '=', 'delivery').execute();
    return queued.length + work.length === 0;
  });

  const flips = await flipsOf(store);
  isOver = true;
  await keeping;
  for (const code of silent) assert.deepEqual(flips.get(code), ['new-up', 'up-down', 'down-up']);
  for (const code of faithful) assert.deepEqual(flips.get(code), ['new-up']);
  const keys = await store.db.selectFrom('deliveries').select(['key', 'state']).execute();
  assert.ok(keys.every(({ state }) => state === 'sent'));
  const first = Map.groupBy(receiver.received, ({ key }) => key);
  assert.deepEqual([...first.keys()].sort(), keys.map(({ key }) => key).sort());
  const twice = [...first.values()].filter((times) => times.length > 1);
  t.diagnostic(
    `${SILENT} deadlines, A killed after ${byThen}; ${keys.length} messages, ${twice.length} came twice; ` +
      `from deadline to receipt p50 ${percentile(lag, 0.5)} ms, p99 ${percentile(lag, 0.99)} ms, ` +
      `longest ${Math.max(...lag)} ms`,
  );
  for (const [time] of twice) {
    assert.ok(
      time !== undefined && time.at <= killed && time.at >= killed - IN_FLIGHT,
      'twice only by the kill',
    );
  }
  for (const times of Map.groupBy(receiver.received, ({ code }) => code).values()) {
    const order = times.map(({ status }) => status).join(' ');
    assert.match(order, /^(down )+up( up)*$/, 'a recovery never overtakes its outage');
  }
});
