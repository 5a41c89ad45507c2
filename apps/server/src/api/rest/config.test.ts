// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders are what is tested
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Channel, Check, ConfigExport, ConfigPlan, Page, Service } from '@vigie/contract';
import { loadConfig } from '../../config/load.ts';
import { memorySource } from '../../config/memory-source.ts';
import { make } from '../../testing/rest-checks.ts';
import { type Caller, type RestServer, restServer } from '../../testing/rest-server.ts';

const HOOK = { kind: 'webhook', settings: { url_down: 'http://hook.example/down?token=hidden' } };
const DOCUMENT = {
  channels: { Hook: HOOK },
  services: {
    Database: {
      kind: 'redis',
      tier: 1,
      settings: { url: 'redis://:hidden@db.example:6379' },
      channels: ['Hook'],
    },
    Api: { kind: 'tcp', interval: 60, settings: { host: 'api.example', port: 80 }, depends_on: ['Database'] },
  },
  checks: {
    Backup: { schedule: '0 2 * * *', time_zone: 'Europe/Paris', grace: 7200, depends_on: ['Database'] },
  },
};

async function send(
  server: RestServer,
  action: 'plan' | 'apply',
  document: unknown,
  { owner, caller = 'mary' }: { owner?: string; caller?: Caller } = {},
): Promise<ConfigPlan> {
  const body = { document, ...(owner === undefined ? {} : { owner }) };
  const answer = await server.call<ConfigPlan>(caller, 'POST', `/config/${action}`, body);
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
}

function words({ changes }: ConfigPlan): string[] {
  return changes.map(({ action, noun, key, fields }) =>
    [action, noun, key, ...(action === 'update' ? fields.map(({ field }) => field) : [])].join(' '),
  );
}

async function listed<T>(server: RestServer, noun: string): Promise<T[]> {
  return (await server.call<Page<T>>('mary', 'GET', `/${noun}`)).body.items;
}

test('a document is planned, applied, and applied again without a change', async () => {
  await using server = await restServer();
  const created = [
    'create channel Hook',
    'create service Database',
    'create service Api',
    'create check Backup',
  ];
  assert.deepEqual(words(await send(server, 'plan', DOCUMENT)), created);
  assert.deepEqual(await listed<Check>(server, 'checks'), [], 'a plan makes nothing');
  assert.deepEqual(words(await send(server, 'apply', DOCUMENT)), created);
  const services = await listed<Service>(server, 'services');
  const backup = (await listed<Check>(server, 'checks')).find(({ name }) => name === 'Backup');
  const [hook] = await listed<Channel>(server, 'channels');
  assert.deepEqual(
    services.map(({ name, kind, tags, interval, grace, instance }) => [
      name,
      kind,
      tags,
      interval,
      grace,
      instance,
    ]),
    [
      ['Database', 'redis', ['tier1'], 30, 120, 'db.example:6379'],
      ['Api', 'tcp', [], 60, 180, 'api.example:80'],
    ],
  );
  assert.deepEqual(backup?.depends_on, [services[0]?.id]);
  assert.deepEqual([backup?.schedule, backup?.time_zone, backup?.grace], ['0 2 * * *', 'Europe/Paris', 7200]);
  const database = await server.call<Check>('mary', 'GET', `/checks/${services[0]?.id}`);
  assert.deepEqual(database.body.channels, [hook?.id]);
  const revisions = (await listed<Check>(server, 'checks')).map(({ revision }) => revision);
  for (const action of ['plan', 'apply'] as const) {
    const again = await send(server, action, DOCUMENT);
    assert.deepEqual([again.changes, again.unchanged], [[], 4]);
  }
  assert.deepEqual(
    (await listed<Check>(server, 'checks')).map(({ revision }) => revision),
    revisions,
  );
});

test('changes are told by field, secrets never; what leaves the document goes, what is made by hand stays', async () => {
  await using server = await restServer();
  const byHand = await make(server, { name: 'By hand' });
  await send(server, 'apply', DOCUMENT);
  const changed = {
    channels: { Hook: { kind: 'webhook', settings: { url_down: 'http://hook.example/other?token=hidden' } } },
    services: {
      Database: { ...DOCUMENT.services.Database, settings: { url: 'redis://:hidden2@db.example:6379' } },
    },
    checks: { Backup: { schedule: '0 3 * * *', time_zone: 'Europe/Paris', grace: 7200 } },
  };
  const plan = await send(server, 'plan', changed);
  assert.deepEqual(words(plan), [
    'update channel Hook settings.url_down',
    'update service Database settings.url',
    'update check Backup schedule depends_on',
    'delete service Api',
  ]);
  assert.doesNotMatch(JSON.stringify(plan), /hidden/);
  assert.deepEqual(plan.changes[2]?.fields[0], {
    field: 'schedule',
    before: '0 2 * * *',
    after: '0 3 * * *',
    secret: false,
  });
  const done = await send(server, 'apply', changed);
  assert.deepEqual(done, plan);
  const names = (await listed<Check>(server, 'checks')).map(({ name }) => name).sort();
  assert.deepEqual(names, ['Backup', 'By hand', 'Database']);
  assert.deepEqual(words(await send(server, 'apply', {})), [
    'delete check Backup',
    'delete service Database',
    'delete channel Hook',
  ]);
  assert.deepEqual(
    (await listed<Check>(server, 'checks')).map(({ id }) => id),
    [byHand.id],
  );
});

test('what was there before and is named by its id is taken over, and stays when the document names it no more', async () => {
  await using server = await restServer();
  const before = await make(server, { name: 'Old', timeout: 60, grace: 60 });
  const document = { checks: { New: { uuid: before.id, timeout: 60, grace: 60 } } };
  assert.deepEqual(words(await send(server, 'apply', document)), ['update check New name']);
  assert.deepEqual(words(await send(server, 'apply', {})), ['release check New']);
  assert.deepEqual(
    (await listed<Check>(server, 'checks')).map(({ id }) => id),
    [before.id],
  );
});

test('what somebody deleted comes back under its id; a service becomes a check, and a check a service', async () => {
  await using server = await restServer();
  const asService = { services: { A: { kind: 'tcp', settings: { host: 'a.example', port: 1 } } } };
  await send(server, 'apply', asService);
  const [made] = await listed<Service>(server, 'services');
  await server.call('mary', 'DELETE', `/checks/${made?.id}`);
  assert.deepEqual(words(await send(server, 'apply', asService)), ['create service A']);
  assert.equal((await listed<Service>(server, 'services'))[0]?.id, made?.id);
  await send(server, 'apply', { checks: { A: { timeout: 60 } } });
  assert.deepEqual(await listed<Service>(server, 'services'), []);
  assert.equal((await listed<Check>(server, 'checks'))[0]?.id, made?.id);
  await send(server, 'apply', asService);
  assert.equal((await listed<Service>(server, 'services'))[0]?.kind, 'tcp');
  assert.deepEqual((await send(server, 'plan', asService)).changes, []);
});

test('dependencies may turn round in one go, and a channel of another kind takes the place of the old one', async () => {
  await using server = await restServer();
  await send(server, 'apply', { channels: { C: HOOK }, checks: { A: { depends_on: ['B'] }, B: {} } });
  const [old] = await listed<Channel>(server, 'channels');
  const turned = {
    channels: { C: { kind: 'email', settings: { address: 'a@b.example' } } },
    checks: { A: { channels: ['C'] }, B: { depends_on: ['A'] } },
  };
  await send(server, 'apply', turned);
  const [channel, more] = await listed<Channel>(server, 'channels');
  assert.deepEqual([channel?.kind, more, channel?.id === old?.id], ['email', undefined, false]);
  assert.deepEqual((await send(server, 'plan', turned)).changes, []);
});

test('two owners do not touch each other: what another owns is refused unless it is the same', async () => {
  await using server = await restServer();
  await send(server, 'apply', { checks: { A: { timeout: 60 } } }, { owner: 'one' });
  const [check] = await listed<Check>(server, 'checks');
  const same = { checks: { A: { uuid: check?.id, timeout: 60 } } };
  assert.deepEqual((await send(server, 'apply', same, { owner: 'two' })).changes, []);
  const other = { checks: { A: { uuid: check?.id, timeout: 90 } } };
  const { problems } = await send(server, 'plan', other, { owner: 'two' });
  assert.deepEqual(problems, [
    { path: ['checks', 'A'], reason: 'belongs to the configuration "one", which says otherwise: timeout' },
  ]);
  const refused = await server.call('mary', 'POST', '/config/apply', { document: other, owner: 'two' });
  assert.equal(refused.status, 400);
  assert.match(refused.body.error.message, /^checks.A: belongs to the configuration "one"/);
  await send(server, 'apply', {}, { owner: 'two' });
  assert.equal((await listed<Check>(server, 'checks')).length, 1);
});

test('everything that is wrong is told at once, and nothing is changed', async () => {
  await using server = await restServer();
  const document = {
    checks: { A: { timeout: 1 }, B: { depends_on: ['Nobody'], environment: 'nowhere' }, C: {} },
    services: { D: { kind: 'redsi' } },
  };
  const { problems, changes } = await send(server, 'plan', document);
  assert.deepEqual(
    problems.map(({ path, reason }) => `${path.join('.')}: ${reason}`),
    [
      'checks.A.timeout: is too small: it takes 5 at least',
      'services.D.kind: is not known; did you mean redis?',
      "checks.B.environment: is none of the project's: production, staging",
      'checks.B.depends_on.0: "Nobody" is no service or check of this file',
    ],
  );
  assert.deepEqual(changes, []);
  assert.equal((await server.call('mary', 'POST', '/config/apply', { document })).status, 400);
  assert.deepEqual(await listed<Check>(server, 'checks'), []);
});

test('an apply that fails halfway leaves nothing behind', async () => {
  await using server = await restServer();
  // More checks than this server holds: those before the limit are undone too.
  const checks = Object.fromEntries(Array.from({ length: 1001 }, (_, n) => [`C${n}`, {}]));
  const refused = await server.call('mary', 'POST', '/config/apply', { document: { checks } });
  assert.equal(refused.status, 403, refused.text);
  assert.deepEqual(await listed<Check>(server, 'checks'), []);
  assert.deepEqual(await server.store.db.selectFrom('config_items').selectAll().execute(), []);
});

test('tenants come and go with the list, each with what the template says', async () => {
  await using server = await restServer();
  const tenants = (list: string[]) => ({
    tenants: {
      list,
      services: { 'Site ${tenant}': { kind: 'tcp', settings: { host: '${tenant}.example', port: 443 } } },
      checks: { 'Import ${tenant}': { tags: ['${tenant}'], depends_on: ['Site ${tenant}'] } },
    },
  });
  await send(server, 'apply', tenants(['acme', 'globex']));
  assert.deepEqual(
    (await listed<Service>(server, 'services')).map(({ instance }) => instance),
    ['acme.example:443', 'globex.example:443'],
  );
  assert.deepEqual(words(await send(server, 'apply', tenants(['globex', 'initech']))), [
    'create service Site initech',
    'create check Import initech',
    'delete check Import acme',
    'delete service Site acme',
  ]);
});

test('an export with its variables set changes nothing, wherever its things came from', async () => {
  await using server = await restServer({ VIGIE_TIMEZONE: 'Europe/Paris' });
  await send(server, 'apply', DOCUMENT, { owner: 'theirs' });
  const parent = await make(server, {
    name: 'Backup',
    description: 'costs ${5}',
    tags: ['a', 'b'],
    slug: 'x',
  });
  await make(server, { depends_on: [parent.id], policies: { longest_run: 60 }, environment: 'staging' });
  const channel = {
    kind: 'webhook',
    name: 'Other',
    settings: { url_up: 'http://x/', headers_up: { A: 'hidden' } },
  };
  await server.call('mary', 'POST', '/channels', channel);
  const { body, text } = await server.call<ConfigExport>('mary', 'GET', '/config/export');
  assert.doesNotMatch(text, /hidden/);
  assert.deepEqual(body.variables, ['HOOK_URL_DOWN', 'OTHER_URL_UP', 'OTHER_HEADERS_UP', 'DATABASE_URL']);
  const env = {
    HOOK_URL_DOWN: HOOK.settings.url_down,
    OTHER_URL_UP: 'http://x/',
    OTHER_HEADERS_UP: '{"A":"hidden"}',
    DATABASE_URL: DOCUMENT.services.Database.settings.url,
  };
  const { config } = loadConfig(memorySource({ env, files: { 'vigie.yml': JSON.stringify(body.document) } }));
  const plan = await send(server, 'apply', config.declared?.document);
  assert.deepEqual([plan.changes, plan.problems, plan.unchanged], [[], [], 7]);
});

test('who may not change channels and checks of a project may not apply, nor export', async () => {
  await using server = await restServer();
  const status = async (caller: Caller) =>
    (await server.call(caller, 'POST', '/config/plan', { document: {} })).status;
  assert.deepEqual(
    await Promise.all((['bob', 'rita', 'read', 'nobody'] as const).map(status)),
    [403, 403, 403, 401],
  );
  assert.equal((await server.call('bob', 'GET', '/config/export')).status, 403);
  await send(server, 'apply', { checks: { A: {} } }, { caller: 'write' });
  const audit = await server.call<Page<{ action: string; actor: string }>>(
    'mary',
    'GET',
    `/audit?project=${server.project.code}`,
  );
  assert.ok(
    audit.body.items.some(({ action, actor }) => action === 'config.apply' && actor.startsWith('key:')),
  );
});

test('what looks at the machine of the server is refused to a project that is not the first, whichever way it is asked', async () => {
  await using server = await restServer();
  const made = await server.call<{ id: string }>('charlie', 'POST', '/projects', { name: 'Second' });
  const query = `?project=${made.body.id}`;
  const local = { kind: 'process', settings: { name: 'node' } };
  const ways = [
    { services: { Spy: local } },
    { tenants: { from: local, checks: { '${tenant} job': { timeout: 3600 } } } },
  ];
  for (const document of ways) {
    const refused = await server.call('charlie', 'POST', `/config/apply${query}`, { document });
    assert.equal(refused.status, 400, refused.text);
    assert.match(refused.body.error.message, /looks at the server's own machine/);
  }
  const service = await server.call('charlie', 'POST', `/services${query}`, local);
  assert.equal(service.status, 403, service.text);
  const byAdmin = await server.call<ConfigPlan>('admin', 'POST', `/config/plan${query}`, {
    document: ways[0],
  });
  assert.doesNotMatch(byAdmin.text, /own machine/);
});
