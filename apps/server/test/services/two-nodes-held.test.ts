/** What is held back, with two servers on one PostgreSQL, one of them killed while a silence ends. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import { systemClock } from '../../src/clock.ts';
import { type Commands, createCommands } from '../../src/commands.ts';
import type { Writer } from '../../src/store/command.ts';
import { inlineWriter } from '../../src/store/inline-writer.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { pingLoad } from '../support/ping-load.ts';
import { startPostgres } from '../support/postgres.ts';
import { seed } from '../support/seed.ts';
import { spawnServer } from '../support/server-process.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';
import { type Received, webhookReceiver } from '../support/webhook-receiver.ts';

/** Checks that nothing holds, that a silence does, and that wait for a database: some recover with it. */
const PLAIN = 30;
const QUIET = 120;
const RECOVERING = 20;
const STAYING = 20;
/** Seconds, the shortest that the native API takes. */
const FIELDS = { timeout: 5, grace: 5, name: 'job' };
const A_DAY = 86_400;
/** Milliseconds of the silence: from before the outages until well after. */
const SILENCE = 22_000;
/** Milliseconds: the lease of what a killed node was at, and some more. */
const LATEST = 150_000;
/** Milliseconds between a receipt and the commit of its result: only there may a kill make a key come twice. */
const IN_FLIGHT = 2_000;

/** People's changes, made by a third node that does nothing by itself. */
function writerOf(store: Store): Writer<Commands> {
  return inlineWriter(store, {
    commands: createCommands({ checkLimit: 1_000 }),
    clock: systemClock,
    newId: randomUUID,
    onEffects: () => undefined,
  });
}

async function ping(port: number, codes: readonly string[], name: string): Promise<void> {
  const more = (number: number): boolean => number < codes.length;
  const pings = await pingLoad({ port, codes, connections: 4, name, more });
  assert.ok(pings.every(({ status }) => status === 200));
}

function keysOf(received: readonly Received[]): number {
  return new Set(received.map(({ key }) => key)).size;
}

async function countHeld(store: Store, by: string): Promise<number> {
  const rows = await store.db
    .selectFrom('alerts')
    .select('id')
    .where('state', '=', 'firing')
    .where('held', 'like', `%"by":"${by}"%`)
    .execute();
  return rows.length;
}

/** Kinds of the decisions about each check's alert, in order, by the check's code. */
async function storiesOf(store: Store): Promise<Map<string, string>> {
  const rows = await store.db
    .selectFrom('alert_events')
    .innerJoin('alerts', 'alerts.id', 'alert_events.alert_id')
    .innerJoin('checks', 'checks.id', 'alerts.check_id')
    .select(['checks.code', 'alert_events.kind'])
    .orderBy('alert_events.id')
    .execute();
  const groups = Map.groupBy(rows, ({ code }) => code);
  return new Map([...groups].map(([code, own]) => [code, own.map(({ kind }) => kind).join(' ')]));
}

test('held messages outlive the node that held them: each told once, or never if it recovered', async (t) => {
  await using stack = new AsyncDisposableStack();
  const postgres = stack.adopt(await startPostgres(), (started) => started.close());
  const receiver = stack.use(await webhookReceiver());
  const count = 1 + PLAIN + QUIET + RECOVERING + STAYING;
  const codes = await seed(postgres.url, {
    checks: count,
    fields: FIELDS,
    webhooks: [{ url: receiver.url }],
  });
  const take = (() => {
    const left = [...codes];
    return (number: number): string[] => left.splice(0, number);
  })();
  const [[database = ''], plain, quiet] = [take(1), take(PLAIN), take(QUIET)];
  const [recovering, staying] = [take(RECOVERING), take(STAYING)];
  const store = stack.adopt(openStore(postgres.url), (opened) => opened.close());
  const writer = writerOf(store);
  const { id: projectId } = await store.db.selectFrom('projects').select('id').executeTakeFirstOrThrow();
  const update = (code: string, fields: object, dependsOn?: string[]) =>
    writer.run('checks.update', {
      projectId,
      code,
      fields,
      channels: null,
      ...(dependsOn === undefined ? {} : { dependsOn }),
    });
  await Promise.all(quiet.map((code) => update(code, { tags: 'quiet' })));
  await Promise.all([...recovering, ...staying].map((code) => update(code, {}, [database])));
  await update(database, { timeout: A_DAY });

  const folder = stack.use(tempFolder('nodes-held'));
  const env = { VIGIE_DATABASE_URL: postgres.url, VIGIE_SECRET_KEY: 'one secret key for both of the nodes' };
  const start = (name: string) => spawnServer({ dataDir: join(folder.path, name), env });
  const [a, b] = (await Promise.all([start('a'), start('b')])).map((server) => stack.use(server));
  if (a === undefined || b === undefined) throw new Error('BUG: two servers');
  const about = (group: readonly string[], status?: string): Received[] =>
    receiver.received.filter((one) => group.includes(one.code) && (status ?? one.status) === one.status);

  const silenced = Date.now() + SILENCE;
  const matchers = [{ name: 'tags', value: 'quiet', isRegex: false, isEqual: true }];
  const silence = { projectId, code: null, startsAt: null, endsAt: silenced, author: 'Alice' };
  await writer.run('silences.set', { ...silence, matchers, comment: 'move' });
  await ping(a.port, codes, 'first');
  assert.equal((await fetch(`${a.url}/ping/${database}/fail`)).status, 200);
  await until('all that should be is held', SILENCE, async () => {
    const held = [await countHeld(store, 'silence'), await countHeld(store, 'dependency')];
    return held[0] === QUIET && held[1] === RECOVERING + STAYING;
  });
  await until('what nothing holds is told', SILENCE, () => about([database, ...plain]).length === 1 + PLAIN);
  assert.equal(receiver.received.length, 1 + PLAIN);

  await until('the silence has ended', SILENCE, () => about(quiet).length > 0);
  await a.end('SIGKILL');
  // Until now it may have sent what it could not write down any more.
  const killed = Date.now();
  const byThen = about(quiet).length;
  assert.ok(about(quiet).every(({ at }) => at >= silenced));
  await until('what was silenced is told', LATEST, () => keysOf(about(quiet)) === QUIET);

  await Promise.all(codes.map((code) => update(code, { timeout: A_DAY })));
  const recovered = Date.now();
  await ping(b.port, [database, ...recovering], 'recovered');
  await until('those still down are told', LATEST, () => keysOf(about(staying)) === STAYING);
  assert.ok(about(staying).every(({ at }) => at > recovered));
  await ping(b.port, codes, 'again');
  await until('nothing is left to do', LATEST, async () => {
    const work = await store.db
      .selectFrom('work')
      .select('key')
      .where('kind', 'not in', ['silence', 'report'])
      .execute();
    return work.length === 0;
  });

  assert.deepEqual(about(recovering), []);
  const first = new Map(receiver.received.toReversed().map((one) => [one.key, one]));
  const messages = [...first.values()].map(({ code, status }) => `${code} ${status}`).sort();
  const told = [database, ...plain, ...quiet, ...staying];
  assert.deepEqual(messages, told.flatMap((code) => [`${code} down`, `${code} up`]).sort());
  const deliveries = await store.db
    .selectFrom('deliveries')
    .select(['key', 'state'])
    // Webhooks take no notice of a silence that ends.
    .where('kind', '!=', 'notice')
    .execute();
  assert.deepEqual(deliveries.map(({ key }) => key).sort(), [...first.keys()].sort());
  assert.ok(deliveries.every(({ state }) => state === 'sent'));
  const twice = receiver.received.filter((one) => first.get(one.key) !== one);
  for (const { key } of twice) {
    const at = first.get(key)?.at ?? 0;
    assert.ok(
      at <= killed && at >= killed - IN_FLIGHT,
      `${key} came twice, first ${at - killed} ms after the kill: only what was under way then may`,
    );
  }
  const stories = await storiesOf(store);
  const story = (group: readonly string[]): string[] => [
    ...new Set(group.map((code) => stories.get(code) ?? '')),
  ];
  assert.deepEqual(story([database, ...plain]), ['raised resolved']);
  assert.deepEqual(story([...quiet, ...staying]), ['raised released resolved']);
  assert.deepEqual(story(recovering), ['raised resolved']);
  t.diagnostic(
    `${count} checks; A killed ${killed - silenced} ms after the silence, ${byThen} of ${QUIET} told by then; ` +
      `${deliveries.length} messages, ${twice.length} came twice`,
  );
});
