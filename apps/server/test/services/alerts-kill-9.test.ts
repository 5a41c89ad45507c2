/** Kill -9 between an outage and its messages: what was held stays held, and everybody is told once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Alert, Channel, Check, Silence } from '@vigie/contract';
import { type ApiServer, spawnApiServer } from '../support/api-server.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';
import { webhookReceiver } from '../support/webhook-receiver.ts';

/** Checks of each team. */
const CHECKS = 20;
/** Milliseconds that the first silence has to run; the second one runs as long again. */
const SILENCED = 6_000;
/** Milliseconds after which a message counts as missing. */
const LOST = 10_000;

test('alerts outlive kill -9: held ones stay held, and each is told once when its hold is over', async (t) => {
  await using stack = new AsyncDisposableStack();
  const receiver = stack.use(await webhookReceiver());
  const folder = stack.use(tempFolder('alerts-kill'));
  const start = async () => stack.use(await spawnApiServer({ dataDir: folder.path }));
  let server = await start();
  const hook = { method_down: 'POST', url_down: receiver.url, method_up: 'POST', url_up: receiver.url };
  await server.call<Channel>('POST', '/api/vigie/channels', {
    kind: 'webhook',
    name: 'hook',
    settings: hook,
  });
  const teams = {
    loud: await makeChecks(server, 'loud'),
    first: await makeChecks(server, 'first'),
    second: await makeChecks(server, 'second'),
  };
  const silenced = Date.now();
  const ends = {
    first: await silence(server, 'first', silenced + SILENCED),
    second: await silence(server, 'second', silenced + 2 * SILENCED),
  };

  // Everything fails, and the server dies with the last answer.
  const all = Object.values(teams).flat();
  await Promise.all(all.map(({ ping_url: url }) => fetch(`${url}/fail`, { method: 'POST' })));
  await server.end('SIGKILL');
  server = await start();
  const held = (await alerts(server)).filter((alert) => alert.held.length > 0);
  const early = receiver.received.filter(({ code }) => !idsOf(teams.loud).has(code));
  assert.ok(Date.now() < ends.first, 'the machine was too slow: the silence is over');
  assert.deepEqual([held.length, early], [2 * CHECKS, []]);
  await heardOf(teams.loud);
  await heardOf(teams.first);

  // It dies again, and comes back when what held the others is over.
  await server.end('SIGKILL');
  assert.ok(Date.now() < ends.second, 'the machine was too slow: the silence is over');
  await until('the second silence is over', 3 * SILENCED, () => Date.now() > ends.second);
  server = await start();
  await heardOf(teams.second);

  const firing = await alerts(server);
  assert.equal(firing.length, all.length);
  assert.deepEqual(
    firing.filter((alert) => alert.held.length > 0 || alert.notified_at === null),
    [],
  );
  for (const [team, end] of Object.entries(ends)) {
    const ids = idsOf(teams[team as keyof typeof ends]);
    const told = receiver.received.filter(({ code }) => ids.has(code));
    assert.ok(
      told.every(({ at }) => at >= end),
      `${team} was told before its silence ended`,
    );
  }
  // A message whose receipt was not yet written down is sent anew, under the key that it had.
  const keys = new Map(receiver.received.map(({ key, code }) => [key, code]));
  assert.deepEqual([...keys.values()].sort(), [...idsOf(all)].sort());
  t.diagnostic(`${all.length} alerts, ${receiver.received.length} calls, ${keys.size} messages`);

  async function heardOf(checks: readonly Check[]): Promise<void> {
    await until('all are told', SILENCED + LOST, () => {
      const heard = new Set(receiver.received.map(({ code }) => code));
      return checks.every(({ id }) => heard.has(id));
    });
  }
});

function idsOf(checks: readonly Check[]): Set<string> {
  return new Set(checks.map(({ id }) => id));
}

async function makeChecks(server: ApiServer, team: string): Promise<Check[]> {
  const names = Array.from({ length: CHECKS }, (_, i) => `${team} ${i}`);
  return Promise.all(names.map((name) => server.createCheck({ name, tags: [`team=${team}`] })));
}

/** @returns when it ends, epoch ms. */
async function silence(server: ApiServer, team: string, end: number): Promise<number> {
  const matchers = [{ name: 'team', value: team }];
  const body = { matchers, ends_at: new Date(end).toISOString(), comment: 'works' };
  const made = await server.call<Silence>('POST', '/api/vigie/silences', body);
  return Date.parse(made.ends_at);
}

async function alerts(server: ApiServer): Promise<Alert[]> {
  const { items } = await server.call<{ items: Alert[] }>('GET', '/api/vigie/alerts?state=firing&limit=100');
  return items;
}
