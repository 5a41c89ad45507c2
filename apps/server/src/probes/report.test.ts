/** Runs from the writer to the check, its log and its alerts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Service } from '@vigie/contract';
import { composeMessage } from '../notify/compose.ts';
import { nextDeliveries } from '../notify/load.ts';
import { reasonText } from '../notify/reason.ts';
import { textsIn } from '../notify/texts/texts.ts';
import { type RestServer, restServer } from '../testing/rest-server.ts';
import type { Reason } from './failure.ts';
import type { Run } from './model.ts';

const BODY = {
  ...{ name: 'API', kind: 'tcp', settings: { host: 'api.test', port: 1 }, interval: 60, timeout: 5 },
  ...{ failures: 2, thresholds: [{ metric: 'load', op: '>', warning: 5 }] },
};

async function service(t: RestServer, own: object = {}): Promise<{ id: string; checkId: number }> {
  const { body } = await t.call<Service>('write', 'POST', '/services', { ...BODY, ...own });
  const { id } = await t.store.db
    .selectFrom('checks')
    .select('id')
    .where('code', '=', body.id)
    .executeTakeFirstOrThrow();
  return { id: body.id, checkId: id };
}

/** A run that began `ago` milliseconds ago. */
function run(t: RestServer, checkId: number, found: { load?: number; reason?: Reason; ago?: number }): Run {
  const { load, reason, ago = 100 } = found;
  const samples = load === undefined ? [] : [{ name: 'load', labels: {}, value: load }];
  const failure = reason === undefined ? null : { reason, message: 'it is not well', phase: null };
  const result = { at: t.clock.now() - ago, duration: 50.4, phases: [], details: {}, samples, failure };
  return { checkId, revision: 1, result };
}

const report = (t: RestServer, ...runs: Run[]) => t.writer.run('probes.report', { runs, logLimit: 100 });

/** The kinds of the pings of a check, oldest first. */
async function log(t: RestServer, checkId: number): Promise<string[]> {
  const rows = await t.store.db
    .selectFrom('pings')
    .select('kind')
    .where('check_id', '=', checkId)
    .orderBy('n')
    .execute();
  return rows.map(({ kind }) => kind || 'success');
}

async function alerts(t: RestServer): Promise<string[]> {
  const { body } = await t.call<{ items: { labels: Record<string, string>; state: string }[] }>(
    'write',
    'GET',
    '/alerts?state=firing',
  );
  return body.items.map(({ labels }) => labels['alertname'] ?? '').sort();
}

const shown = async (t: RestServer, id: string): Promise<Service> =>
  (await t.call<Service>('write', 'GET', `/services/${id}`)).body;

test('a report that comes again because its answer was lost counts once', async () => {
  await using t = await restServer();
  const { checkId, id } = await service(t);
  const first = run(t, checkId, { reason: 'timeout', ago: 60_000 });
  const second = run(t, checkId, { reason: 'timeout' });
  await report(t, first);
  await report(t, first);
  assert.deepEqual(await log(t, checkId), ['log'], 'one of two that must fail');
  await report(t, first, second);
  assert.deepEqual(await log(t, checkId), ['log', 'fail']);
  assert.equal((await shown(t, id)).status, 'down');
});

test('a run of what a probe was before, or of a paused or deleted service, counts for nothing', async () => {
  await using t = await restServer();
  const { checkId, id } = await service(t);
  await report(t, { ...run(t, checkId, { load: 1 }), revision: 2 });
  assert.deepEqual(await log(t, checkId), []);
  await t.call('write', 'POST', `/checks/${id}/pause`);
  await report(t, run(t, checkId, { load: 1 }));
  assert.deepEqual(await log(t, checkId), []);
  await t.call('write', 'DELETE', `/checks/${id}`);
  await report(t, run(t, checkId, { load: 1 }));
  assert.deepEqual(await log(t, checkId), []);
});

for (const [what, act] of [
  ['paused and resumed', ['pause', 'resume']],
  ['cleared', ['clear']],
] as const) {
  test(`a service that was ${what} counts its runs anew, and warns anew`, async () => {
    await using t = await restServer();
    const { checkId, id } = await service(t);
    await report(t, run(t, checkId, { load: 9 }));
    assert.deepEqual(await alerts(t), ['ProbeThreshold']);
    await report(t, run(t, checkId, { reason: 'timeout' }));
    for (const verb of act) await t.call('write', 'POST', `/checks/${id}/${verb}`);
    assert.deepEqual(await alerts(t), []);
    assert.deepEqual((await shown(t, id)).warnings, []);
    await t.clock.advance(1_000);
    await report(t, run(t, checkId, { reason: 'timeout' }));
    assert.notEqual((await shown(t, id)).status, 'down', 'the first of two');
    await t.clock.advance(1_000);
    await report(t, run(t, checkId, { load: 9 }));
    assert.deepEqual(await alerts(t), ['ProbeThreshold']);
  });
}

test('a service that is deleted and restored keeps what its last run found, and warns anew', async () => {
  await using t = await restServer();
  const { checkId, id } = await service(t);
  await report(t, run(t, checkId, { load: 9 }));
  await t.call('write', 'DELETE', `/checks/${id}`);
  assert.deepEqual(await alerts(t), []);
  await t.call('write', 'POST', `/checks/${id}/restore`);
  const restored = await shown(t, id);
  assert.deepEqual([restored.warnings, restored.last_run?.measurements[0]?.value], [[], 9]);
  await t.clock.advance(1_000);
  await report(t, run(t, checkId, { load: 9 }));
  assert.deepEqual(await alerts(t), ['ProbeThreshold']);
});

test('a warning ends with the first run that is well, and when its limits are changed', async () => {
  await using t = await restServer();
  const { checkId, id } = await service(t);
  await report(t, run(t, checkId, { load: 9 }));
  await t.clock.advance(1_000);
  await report(t, run(t, checkId, { load: 1 }));
  assert.deepEqual(await alerts(t), []);
  await t.clock.advance(1_000);
  await report(t, run(t, checkId, { load: 9 }));
  assert.deepEqual(await alerts(t), ['ProbeThreshold']);
  await t.call('write', 'PATCH', `/services/${id}`, { thresholds: [] });
  assert.deepEqual(await alerts(t), []);
});

test('while nothing can be reached from here a service is logged, not late, and counts no failure', async () => {
  await using t = await restServer();
  const { checkId, id } = await service(t, { failures: 1, grace: 60 });
  await report(t, run(t, checkId, { load: 1 }));
  for (let round = 0; round < 5; round++) {
    await t.clock.advance(60_000);
    await t.writer.run('checks.expire', null);
    await report(t, { ...run(t, checkId, { reason: 'timeout' }), isCutOff: true });
  }
  assert.notEqual((await shown(t, id)).status, 'down');
  assert.deepEqual(await log(t, checkId), ['success', ...Array<string>(5).fill('log')]);
  await t.clock.advance(1_000);
  await report(t, run(t, checkId, { load: 1 }));
  assert.equal((await shown(t, id)).status, 'up');
  await t.clock.advance(200_000);
  await t.writer.run('checks.expire', null);
  assert.equal((await shown(t, id)).status, 'down', 'once it can be looked at again it is late as any other');
});

test('messages and explain say what the probe found, not what a job reported', async () => {
  await using t = await restServer();
  const hook = { kind: 'webhook', name: 'Hook', settings: { url_down: 'https://hook.test/' } };
  assert.equal((await t.call('write', 'POST', '/channels', hook)).status, 201);
  const { checkId, id } = await service(t, { failures: 1, channels: 'all' });
  await report(t, run(t, checkId, { reason: 'refused' }));
  const queued = await t.store.db.selectFrom('deliveries').select('lane').execute();
  const lanes = queued.map(({ lane }) => lane);
  const [delivery] = await nextDeliveries(t.store.db, lanes);
  assert.ok(delivery);
  const message = composeMessage(delivery, { baseUrl: 'https://vigie.test', ackLink: () => null });
  assert.ok(!('skip' in message));
  assert.equal(
    reasonText(message, textsIn('en')),
    'The probe found: the connection was refused (it is not well).',
  );
  // An outage that a policy keeps from being an alert.
  await t.clock.advance(1_000);
  for (const verb of ['pause', 'resume']) await t.call('write', 'POST', `/checks/${id}/${verb}`);
  const policies = { after: { bad: 3, of: 5 } };
  assert.equal((await t.call('write', 'PATCH', `/checks/${id}`, { policies })).status, 200);
  await report(t, run(t, checkId, { reason: 'refused' }));
  const [from, to] = [-900, 1].map((offset) => new Date(t.clock.now() + offset).toISOString());
  const { text } = await t.call('write', 'GET', `/explain?from=${from}&to=${to}`);
  assert.match(text, /went down \(its probe found the service unwell\)/);
  assert.doesNotMatch(text, /the job/);
});

test('the alert of a service that is down says why in its summary', async () => {
  await using t = await restServer();
  const { checkId } = await service(t, { failures: 1 });
  await report(t, run(t, checkId, { reason: 'refused' }));
  const { body } = await t.call<{ items: { annotations: Record<string, string> }[] }>(
    'write',
    'GET',
    '/alerts',
  );
  assert.equal(body.items[0]?.annotations['summary'], 'refused: it is not well');
});
