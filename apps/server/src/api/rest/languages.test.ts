/** Sentences in answers are in the reader's language; data is the same for everybody. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  Alert,
  AlertStory,
  Channel,
  Delivery,
  Explanation,
  IncidentDetail,
  Page,
} from '@vigie/contract';
import { make, ping } from '../../testing/rest-checks.ts';
import { type Caller, type RestServer, restServer } from '../../testing/rest-server.ts';

/** A grave outage that a channel was to be told of, which was deleted meanwhile, and that somebody is at. */
async function outage(server: RestServer): Promise<Alert> {
  const settings = { url_down: 'http://127.0.0.1:1/', url_up: 'http://127.0.0.1:1/' };
  const hook = { kind: 'webhook', name: 'Ops', settings };
  const { body: channel } = await server.call<Channel>('bob', 'POST', '/channels', hook);
  const check = await make(server, { name: 'database', tags: ['tier1'], channels: [channel.id] });
  await ping(server, check.id, 'fail');
  await server.call('bob', 'DELETE', `/channels/${channel.id}`);
  const { body } = await server.call<Page<Alert>>('bob', 'GET', '/alerts');
  const [alert] = body.items;
  assert.ok(alert);
  await server.call('write', 'POST', `/alerts/${alert.id}/acknowledge`, { comment: 'on it' });
  return alert;
}

interface Told {
  alert: Alert;
  texts: string[];
  delivery: Delivery;
}

async function told(server: RestServer, caller: Caller, id: string): Promise<Told> {
  const get = async <T>(path: string): Promise<T> => (await server.call<T>(caller, 'GET', path)).body;
  const { alert, story } = await get<AlertStory>(`/alerts/${id}/explain`);
  const range = await get<Explanation>('/explain?from=2026-07-15T00:00:00Z&to=2026-07-16T00:00:00Z');
  const incident = await get<IncidentDetail>(`/incidents/${alert.incident}`);
  assert.deepEqual(incident.timeline, story);
  const { items } = await get<Page<Delivery>>('/deliveries');
  const [delivery] = items;
  assert.ok(delivery);
  return { alert, delivery, texts: [...story, ...range.story].map(({ text }) => text) };
}

test('a person reads the language that they chose', async () => {
  await using server = await restServer();
  const { id } = await outage(server);
  const english = await told(server, 'bob', id);
  await server.call('bob', 'PATCH', '/me', { language: 'fr' });
  const french = await told(server, 'bob', id);
  assert.equal(english.alert.summary, 'the job reported a failure');
  assert.equal(french.alert.summary, 'la tâche a signalé un échec');
  assert.equal(french.alert.title, 'CheckDown sur database');
  assert.equal(french.alert.acknowledged?.by, 'la clé d’API hcw_wwww');
  assert.equal(french.delivery.error, 'le canal a été supprimé');
  assert.deepEqual(french.alert.annotations, english.alert.annotations, 'annotations are data');
  assert.equal(french.texts.length, english.texts.length);
  assert.deepEqual(
    french.texts.filter((text) => english.texts.includes(text)),
    [],
  );
  assert.deepEqual(
    french.texts.slice(0, 5).map((text) => text.replaceAll('\u00a0', ' ')),
    [
      'CheckDown sur database : alerte déclenchée, la tâche a signalé un échec.',
      'Le message part vers Ops : les canaux du contrôle.',
      'Elle a ouvert l’incident « CheckDown: database ».',
      'Prise en charge par la clé d’API hcw_wwww : « on it ».',
      'Le message à un canal supprimé n’a pas été envoyé : le canal a été supprimé.',
    ],
  );
});

test('a key reads English unless it asks', async () => {
  await using server = await restServer();
  const { id } = await outage(server);
  const headers = { ...server.headersOf('read') };
  const summaryFor = async (wanted: string): Promise<[text: string, vary: unknown]> => {
    const url = `/api/vigie/alerts/${id}`;
    const answer = await server.app.inject({ url, headers: { ...headers, 'accept-language': wanted } });
    return [answer.json<Alert>().summary, answer.headers['cache-control']];
  };
  // No answer of the API is kept by anybody in between, in whatever language.
  assert.deepEqual(await summaryFor('fr-CA, en;q=0.5'), ['la tâche a signalé un échec', 'no-store']);
  assert.deepEqual(await summaryFor('*'), ['the job reported a failure', 'no-store']);
  assert.equal((await told(server, 'read', id)).alert.summary, 'the job reported a failure');
});
