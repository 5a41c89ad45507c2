/** Each way in which the warning of a service ends, and what is told of it to whoever got the warning. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Channel, Service } from '@vigie/contract';
import { composeMessage } from '../notify/compose.ts';
import { nextDeliveries } from '../notify/load.ts';
import { type RestServer, restServer } from '../testing/rest-server.ts';

const LIMIT = { metric: 'load', op: '>', warning: 5, critical: 20 };
const SERVICE = {
  ...{ name: 'API', kind: 'tcp', settings: { host: 'api.test', port: 1 }, interval: 60, timeout: 5 },
  ...{ thresholds: [LIMIT], channels: 'all' },
};

interface Warned {
  t: RestServer;
  id: string;
  /** A run that measured this. */
  measure(load: number): Promise<void>;
}

async function warned(t: RestServer): Promise<Warned> {
  const hook = {
    kind: 'webhook',
    name: 'Hook',
    settings: { url_down: 'https://hook.test/', url_up: 'https://hook.test/' },
  };
  const channel = await t.call<Channel>('write', 'POST', '/channels', hook);
  assert.equal(channel.status, 201, channel.text);
  const { body } = await t.call<Service>('write', 'POST', '/services', SERVICE);
  const { id: checkId } = await t.store.db.selectFrom('checks').select('id').executeTakeFirstOrThrow();
  const measure = async (load: number): Promise<void> => {
    await t.clock.advance(1_000);
    const samples = [{ name: 'load', labels: {}, value: load }];
    const result = { at: t.clock.now() - 100, duration: 50, phases: [], details: {}, samples, failure: null };
    await t.writer.run('probes.report', { runs: [{ checkId, revision: 1, result }], logLimit: 100 });
  };
  await measure(9);
  await t.store.db.updateTable('deliveries').set({ state: 'sent' }).execute();
  await t.clock.advance(1_000);
  return { t, id: body.id, measure };
}

/** What is to be told of warnings that are over. */
async function resolutions(t: RestServer): Promise<(string | null)[]> {
  // The news of an outage goes first.
  await t.store.db.updateTable('deliveries').set({ state: 'sent' }).where('kind', '=', 'firing').execute();
  const rows = await t.store.db
    .selectFrom('deliveries')
    .select(['lane', 'kind'])
    .where('state', '=', 'queued')
    .execute();
  const lanes = rows.filter(({ kind }) => kind === 'resolved').map(({ lane }) => lane);
  const queued = await nextDeliveries(t.store.db, lanes);
  return queued.map((delivery) => {
    const message = composeMessage(delivery, { baseUrl: 'https://vigie.test', ackLink: () => null });
    return 'skip' in message ? message.skip : message.summary;
  });
}

const call = async ({ t }: Warned, method: string, path: string, body?: unknown): Promise<void> => {
  const { status, text } = await t.call('write', method, path, body);
  assert.ok(status < 300, `${method} ${path}: ${text}`);
};
const apply = (warning: Warned, document: object) => call(warning, 'POST', '/config/apply', { document });
const changed =
  'how the service is probed was changed, and nothing is known of it as it is now (load is 9, warning > 5)';

const ENDS: [how: string, act: (warning: Warned) => Promise<void>, told: string[]][] = [
  [
    'a run below the limit',
    ({ measure }) => measure(1),
    ['it is not beyond its limit any more (load is 9, warning > 5)'],
  ],
  [
    'a run beyond the critical limit',
    ({ measure }) => measure(30),
    ['it is beyond its critical limit, and the service has failed (load is 9, warning > 5)'],
  ],
  [
    'a change of its settings',
    (own) => call(own, 'PATCH', `/services/${own.id}`, { settings: { port: 2 } }),
    [changed],
  ],
  [
    'a change of its limits',
    (own) => call(own, 'PATCH', `/services/${own.id}`, { thresholds: [] }),
    [changed],
  ],
  [
    'another kind',
    ({ id, ...own }) =>
      call({ id, ...own }, 'POST', '/services', {
        ...SERVICE,
        id,
        kind: 'icmp',
        settings: { host: 'api.test' },
      }),
    [changed],
  ],
  [
    'a document that makes a plain check of it',
    ({ id, ...own }) => apply({ id, ...own }, { checks: { API: { uuid: id, timeout: 60 } } }),
    ['the check is not probed any more (load is 9, warning > 5)'],
  ],
  // As the alerts of every other check: whoever does it knows.
  ['a pause', (own) => call(own, 'POST', `/checks/${own.id}/pause`), []],
  ['its removal', (own) => call(own, 'DELETE', `/checks/${own.id}`), []],
  ['forgetting what it reported', (own) => call(own, 'POST', `/checks/${own.id}/clear`), []],
];

for (const [how, act, told] of ENDS) {
  test(`a warning ends with ${how}: ${told.length === 0 ? 'nobody is told' : 'who was warned is told why'}`, async () => {
    await using t = await restServer();
    const warning = await warned(t);
    await act(warning);
    const alerts = await t.store.db
      .selectFrom('alerts')
      .select('state')
      .where('name', '=', 'ProbeThreshold')
      .execute();
    assert.deepEqual(alerts, [{ state: 'resolved' }]);
    assert.deepEqual(await resolutions(t), told);
  });
}

test('what changes nothing of how a service is probed ends no warning', async () => {
  await using t = await restServer();
  const warning = await warned(t);
  const { id } = warning;
  await call(warning, 'PATCH', `/services/${id}`, { name: 'Other', settings: { port: 1 }, grace: 500 });
  await call(warning, 'PATCH', `/checks/${id}`, { tags: ['x'] });
  assert.deepEqual(await resolutions(t), []);
});

test('an outage outlasts a change of how the service is probed: only a run that is well ends it', async () => {
  await using t = await restServer();
  const warning = await warned(t);
  await warning.measure(30);
  const down = async () => {
    const query = t.store.db.selectFrom('alerts').select('state').where('name', '=', 'CheckDown');
    return (await query.execute()).map(({ state }) => state);
  };
  assert.deepEqual(await down(), ['firing']);
  await call(warning, 'PATCH', `/services/${warning.id}`, { thresholds: [] });
  assert.deepEqual(await down(), ['firing']);
  await warning.measure(30);
  assert.deepEqual(await down(), ['firing'], 'a run of what the probe was before');
  const { checkId, revision } = await t.store.db
    .selectFrom('probes')
    .select(['check_id as checkId', 'revision'])
    .executeTakeFirstOrThrow();
  const found = { duration: 50, phases: [], details: {}, samples: [], failure: null };
  const result = { at: t.clock.now() - 100, ...found };
  await t.writer.run('probes.report', { runs: [{ checkId, revision, result }], logLimit: 100 });
  assert.deepEqual(await down(), ['resolved']);
});
