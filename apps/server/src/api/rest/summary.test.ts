import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Alert, Page, Summary } from '@vigie/contract';
import { make, ping } from '../../testing/rest-checks.ts';
import { restServer } from '../../testing/rest-server.ts';

it('a summary counts what is now', async () => {
  await using server = await restServer();
  const summary = async () => (await server.call<Summary>('rita', 'GET', '/summary')).body;
  const none = { new: 0, up: 0, grace: 0, down: 0, paused: 0, started: 0, total: 0 };
  assert.deepEqual(await summary(), {
    project: server.project.code,
    checks: none,
    alerts: { firing: 0, held: 0, acknowledged: 0 },
    tags: [],
    environments: ['production', 'staging'],
  });

  const up = await make(server, { name: 'up', tags: ['prod', 'db'], timeout: 3600 });
  const late = await make(server, { name: 'late', tags: ['prod'], timeout: 60 });
  const downs = [await make(server, { name: 'down' }), await make(server, { name: 'held', tags: ['a'] })];
  const paused = await make(server, { name: 'paused', tags: ['prod'] });
  const fresh = await make(server, { name: 'new' });
  const ends_at = new Date(server.clock.now() + 3_600_000).toISOString();
  const matchers = [{ name: 'check', value: 'held' }];
  await server.call('bob', 'POST', '/silences', { matchers, ends_at, comment: 'x' });
  await server.call('bob', 'POST', `/checks/${paused.id}/pause`);
  for (const { id } of [up, late]) await ping(server, id, 'success');
  for (const { id } of downs) await ping(server, id, 'fail');
  for (const { id } of [up, fresh]) await ping(server, id, 'start');
  const { body } = await server.call<Page<Alert>>('bob', 'GET', '/alerts?held=false');
  await server.call('bob', 'POST', `/alerts/${body.items[0]?.id}/acknowledge`, {});
  await server.clock.advance(90_000);

  const { checks, alerts, tags } = await summary();
  assert.deepEqual(checks, { new: 1, up: 1, grace: 1, down: 2, paused: 1, started: 2, total: 6 });
  assert.deepEqual(alerts, { firing: 2, held: 1, acknowledged: 1 });
  assert.deepEqual(tags, [
    { tag: 'prod', count: 3 },
    { tag: 'a', count: 1 },
    { tag: 'db', count: 1 },
  ]);
});
