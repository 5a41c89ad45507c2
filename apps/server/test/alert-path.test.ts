/** The path of an alert, as ARCHITECTURE.md tells it: read from top to bottom. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Alert, Channel, Check } from '@vigie/contract';
import { localServer, until } from '../src/notify/testing/local-server.ts';
import { testServer } from './support/server.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

test('an outage from first sign to last word', async () => {
  await using shop = await shopWithDatabase();

  // All is well, and told to nobody.
  for (const name of shop.names) await shop.ping(name);
  assert.deepEqual(await shop.heard(0), []);

  // The database says that it failed. The flip becomes an alert, and the alert one message: the page.
  await shop.ping('Database', '/fail');
  assert.deepEqual(await shop.heard(1), ['down Database']);

  // What needs the database fails too. Each is down and each is an alert, but nobody needs to be told.
  for (const name of ['API', 'Worker', 'Reports']) await shop.ping(name, '/fail');
  assert.deepEqual(await shop.alerts(), [
    'Database firing',
    'API firing, held by dependency Database',
    'Worker firing, held by dependency Database',
    'Reports firing, held by dependency Database',
  ]);

  // Ten minutes later it is all the same: what holds the three was looked at again, and still does.
  await shop.pass(10 * MINUTE);
  assert.deepEqual(await shop.heard(1), ['down Database']);

  // Somebody is at it, and says so.
  await shop.acknowledge('Database');
  assert.equal((await shop.alerts())[0], 'Database firing, acknowledged');

  // The database is well again: whoever got the page gets the recovery.
  await shop.ping('Database');
  assert.deepEqual(await shop.heard(2), ['down Database', 'up Database']);

  // Two of the three follow while they have time to, without a word. The third stays down, and is told now.
  await shop.pass(30 * SECOND);
  for (const name of ['API', 'Worker']) await shop.ping(name);
  await shop.pass(30 * SECOND);
  assert.deepEqual(await shop.heard(3), ['down Database', 'up Database', 'down Reports']);

  // It recovers as well: the last word.
  await shop.ping('Reports');
  assert.deepEqual(await shop.heard(4), ['down Database', 'up Database', 'down Reports', 'up Reports']);
  await shop.pass(10 * MINUTE);
  assert.equal((await shop.heard(4)).length, 4);
  assert.deepEqual(await shop.alerts(), [
    'Database resolved, acknowledged',
    'API resolved',
    'Worker resolved',
    'Reports resolved',
  ]);

  // Every decision is in the ledger.
  assert.deepEqual(await shop.ledger(), [
    'Database raised',
    'API raised',
    'Worker raised',
    'Reports raised',
    'Database acknowledged',
    'Database resolved',
    'API resolved',
    'Worker resolved',
    'Reports released',
    'Reports resolved',
  ]);
});

/** A server with a database and three checks that need it, all told of to one webhook; a clock that stands still. */
async function shopWithDatabase() {
  const server = await testServer();
  const receiver = await localServer();
  const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const payload = body === undefined ? {} : { body: JSON.stringify(body) };
    const headers = { 'x-api-key': server.keys.write, ...json };
    const response = await fetch(`${server.url}/api/vigie${path}`, { method, headers, ...payload });
    assert.ok(response.ok, `${method} ${path}: ${response.status} ${response.statusText}`);
    return (await response.json()) as T;
  };
  const url = `${receiver.url}/$STATUS/$NAME`;
  const settings = { method_down: 'POST', url_down: url, method_up: 'POST', url_up: url };
  const hook = await call<Channel>('POST', '/channels', { kind: 'webhook', name: 'hook', settings });
  const checks = new Map<string, Check>();
  for (const name of ['Database', 'API', 'Worker', 'Reports']) {
    const needs = [...checks.values()].slice(0, 1).map(({ id }) => id);
    // A month of patience, so that only what is said counts; a minute to recover.
    const fields = { name, timeout: 2_592_000, grace: 60, channels: [hook.id], depends_on: needs };
    checks.set(name, await call<Check>('POST', '/checks', fields));
  }
  const listed = async (): Promise<Alert[]> =>
    (await call<{ items: Alert[] }>('GET', '/alerts')).items.reverse();
  const nameOf = ({ labels }: Pick<Alert, 'labels'>): string => labels['check'] ?? '';
  return {
    names: [...checks.keys()],
    async ping(name: string, suffix = '') {
      const response = await fetch(`${checks.get(name)?.ping_url}${suffix}`);
      assert.equal(response.status, 200);
      // Timers wake by this clock.
      await server.clock.advance(SECOND);
    },
    pass: (duration: number) => server.clock.advance(duration),
    /** The messages so far, once there are so many: `down Database`. */
    async heard(count: number) {
      await until(() => receiver.received.length >= count);
      return receiver.received.map(({ path }) => path.slice(1).replace('/', ' '));
    },
    /** The alerts in the order of their raising. */
    async alerts() {
      return (await listed()).map((alert) => {
        const held = alert.held.map(({ by, text }) => `, held by ${by} ${text}`).join('');
        return `${nameOf(alert)} ${alert.state}${held}${alert.acknowledged === null ? '' : ', acknowledged'}`;
      });
    },
    async acknowledge(name: string) {
      const alert = (await listed()).find((one) => nameOf(one) === name);
      await call('POST', `/alerts/${alert?.id}/acknowledge`, { comment: 'restarting it' });
    },
    /** What was decided, in order: `Database raised`. */
    async ledger() {
      const { db } = server.app.context.store;
      const names = new Map((await listed()).map((alert) => [Number(alert.id), nameOf(alert)]));
      const rows = await db.selectFrom('alert_events').selectAll().orderBy('id').execute();
      return rows.map(({ alert_id: id, kind }) => `${names.get(id ?? 0)} ${kind}`);
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await receiver[Symbol.asyncDispose]();
    },
  };
}
