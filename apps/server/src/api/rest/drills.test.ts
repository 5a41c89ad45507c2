import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Alert, AlertStory, Channel, Drill, Page } from '@vigie/contract';
import { refusal } from '../../testing/rest-checks.ts';
import { type RestServer, restServer } from '../../testing/rest-server.ts';

async function hook(server: RestServer, name: string): Promise<string> {
  const settings = { url_down: 'http://127.0.0.1:1/', url_up: 'http://127.0.0.1:1/' };
  const { body } = await server.call<Channel>('bob', 'POST', '/channels', {
    kind: 'webhook',
    name,
    settings,
  });
  return body.id;
}

async function drill(server: RestServer, id: string): Promise<Drill> {
  const { status, body } = await server.call<Drill>('read', 'GET', `/drills/${id}`);
  assert.equal(status, 200);
  return body;
}

const names = ({ channels }: Drill): string[] => channels.map(({ name }) => name);

test('a drill goes to the chosen channels and is over when somebody acknowledges it', async () => {
  await using server = await restServer();
  const chosen = await hook(server, 'Ops');
  await hook(server, 'Everybody');
  const begun = await server.call<Drill>('bob', 'POST', '/drills', { channels: [chosen], severity: 'error' });
  assert.equal(begun.status, 201);
  assert.deepEqual([begun.body.state, begun.body.severity, names(begun.body)], ['firing', 'error', ['Ops']]);
  const { id } = begun.body;
  await server.clock.advance(90_000);
  const done = await server.call<Alert>('bob', 'POST', `/alerts/${id}/acknowledge`, {});
  assert.deepEqual([done.body.state, done.body.drill, done.body.incident], ['resolved', true, null]);
  const over = await drill(server, id);
  assert.deepEqual(
    [over.state, over.acknowledged_by, over.seconds_to_acknowledge],
    ['acknowledged', 'bob@example.org', 90],
  );
  const kinds = await server.store.db.selectFrom('deliveries').select('kind').orderBy('id').execute();
  assert.deepEqual(
    kinds.map(({ kind }) => kind),
    ['firing', 'resolved'],
  );
});

test('a drill without chosen channels goes where everything else without channels goes', async () => {
  await using server = await restServer();
  await hook(server, 'Everybody');
  const { body } = await server.call<Drill>('write', 'POST', '/drills', {});
  assert.deepEqual([body.severity, names(body)], ['critical', ['Everybody']]);
});

test('a drill that nobody acknowledges is over after half an hour', async () => {
  await using server = await restServer();
  const { body } = await server.call<Drill>('bob', 'POST', '/drills', {});
  assert.equal(body.ends_at, new Date(server.clock.now() + 30 * 60_000).toISOString());
  await server.clock.advance(30 * 60_000 - 1);
  await server.writer.run('alerts.review', null);
  assert.equal((await drill(server, body.id)).state, 'firing');
  await server.clock.advance(1);
  await server.writer.run('alerts.review', null);
  const over = await drill(server, body.id);
  assert.deepEqual([over.state, over.acknowledged_at], ['unanswered', null]);
  assert.match(await refusal(server, 'POST', `/alerts/${body.id}/acknowledge`, {}), /^409/);
  const firing = await server.call<Page<Alert>>('bob', 'GET', '/alerts?state=firing');
  assert.deepEqual(firing.body.items, []);
  const told = await server.call<AlertStory>('bob', 'GET', `/alerts/${body.id}/explain`);
  assert.match(told.body.story.at(-1)?.text ?? '', /^The drill is over and was not answered\./);
});

test('a drill to a channel that is not there is refused, and an alert is no drill', async () => {
  await using server = await restServer();
  const nobody = '00000000-0000-4000-8000-000000000000';
  assert.equal(
    await refusal(server, 'POST', '/drills', { channels: [nobody] }),
    `400 channels: no such channel: ${nobody}`,
  );
  assert.match(await refusal(server, 'POST', '/drills', { channels: [] }), /^400 channels/);
  assert.deepEqual(await server.store.db.selectFrom('alerts').select('id').execute(), []);
  assert.match(await refusal(server, 'GET', '/drills/1'), /^404/);
});
