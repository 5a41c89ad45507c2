/** What callers may say of services, and what they are told. */
import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import type { Service } from '@vigie/contract';
import { type RestServer, restServer } from '../../testing/rest-server.ts';

const TCP = { kind: 'tcp', settings: { host: 'a.test', port: 1 } };
const VAULT = { kind: 'vault', settings: { url: 'https://vault.test:8200/x', token: 'hunter2' } };

async function made(t: RestServer, body: object): Promise<Service> {
  const answer = await t.call<Service>('write', 'POST', '/services', body);
  assert.equal(answer.status, 201, answer.text);
  return answer.body;
}

async function stored(t: RestServer): Promise<Record<string, unknown>> {
  const { settings } = await t.store.db.selectFrom('probes').select('settings').executeTakeFirstOrThrow();
  return JSON.parse(settings) as Record<string, unknown>;
}

describe('what is refused, with the field', () => {
  const labels = Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`l${i}`, 'x']));
  const cases: [body: object, field: string, message: RegExp][] = [
    [{ ...TCP, interval: 5, timeout: 6 }, 'timeout', /longer than the interval of 5 s/],
    [{ ...TCP, thresholds: [{ metric: 'x', op: '>' }] }, 'thresholds.0', /neither limit/],
    [{ ...TCP, thresholds: [{ metric: 'x', op: '>', warning: 1, labels }] }, 'thresholds.0.labels', /20/],
    [{ ...TCP, interval: 1e308 }, 'interval', /too large/],
    [{ ...TCP, failures: 0 }, 'failures', /too small/],
    [{ ...TCP, colour: 'red' }, 'colour', /not known/],
    [{ ...TCP, settings: { host: 'a', port: 1, colour: 'red' } }, 'settings.colour', /not known/],
    [{ kind: 'newer', settings: {} }, 'kind', /no such kind/],
    [{ kind: 'redis', settings: { url: 'redis://:hunter2@a b' } }, 'settings.url', /must be an address/],
  ];
  for (const [body, field, message] of cases) {
    it(`${field}: ${message.source}`, async () => {
      await using t = await restServer();
      const { status, body: answer, text } = await t.call('write', 'POST', '/services', body);
      assert.deepEqual([status, answer.error.field], [400, field], text);
      assert.match(answer.error.message, message);
      assert.doesNotMatch(text, /hunter2/);
      assert.deepEqual(await t.store.db.selectFrom('probes').selectAll().execute(), []);
    });
  }
});

test('an interval in parts of a millisecond is rounded, on every store', async () => {
  await using t = await restServer();
  await made(t, { ...TCP, interval: 5.00051, timeout: 1.005 });
  const { interval, timeout } = await t.store.db.selectFrom('probes').selectAll().executeTakeFirstOrThrow();
  assert.deepEqual([interval, timeout], [5_001, 1_005]);
});

test('the check of a service waits as long as its probe does, whoever changes it', async () => {
  await using t = await restServer();
  const { id } = await made(t, { ...TCP, interval: 300 });
  const check = (body: object) => t.call('write', 'PATCH', `/checks/${id}`, body);
  for (const body of [{ timeout: 60 }, { schedule: '* * * * *' }]) {
    const { status, body: answer, text } = await check(body);
    assert.deepEqual([status, answer.error.field], [400, 'timeout'], text);
    assert.match(answer.error.message, /^timeout is 300 s, the interval/);
  }
  for (const body of [{ timeout: 300, grace: 60 }, { name: 'Other' }])
    assert.equal((await check(body)).status, 200);
  assert.equal((await t.call('write', 'PATCH', `/services/${id}`, { interval: 60 })).status, 200);
  const { timeout } = await t.store.db.selectFrom('checks').select('timeout').executeTakeFirstOrThrow();
  assert.equal(timeout, 60);
});

test('the usual timeout of a kind fits into a shorter interval', async () => {
  await using t = await restServer();
  assert.ok((await made(t, { ...TCP, interval: 5 })).timeout <= 5);
});

describe('a secret that is left out', () => {
  const patch = (t: RestServer, id: string, settings: object) =>
    t.call('bob', 'PATCH', `/services/${id}`, { settings });

  it('stays where the probe goes on to the same place', async () => {
    await using t = await restServer();
    const { id } = await made(t, VAULT);
    for (const settings of [{ require_active: true }, { url: 'https://vault.test:8200/other' }]) {
      assert.equal((await patch(t, id, settings)).status, 200);
      assert.equal((await stored(t))['token'], 'hunter2');
    }
  });

  for (const url of ['https://evil.test:8200', 'https://vault.test:666', 'http://vault.test:8200']) {
    it(`is not carried to ${url}, neither by a change nor by a trial`, async () => {
      await using t = await restServer();
      const { id } = await made(t, VAULT);
      const changed = await patch(t, id, { url });
      assert.deepEqual([changed.status, changed.body.error.field], [400, 'settings.token'], changed.text);
      assert.deepEqual(await stored(t), { ...(await stored(t)), ...VAULT.settings });
      const trial = { kind: 'vault', settings: { url }, service: id };
      const tried = await t.call('bob', 'POST', `/probes/run?project=${t.project.code}`, trial);
      assert.deepEqual([tried.status, tried.body.error.field], [400, 'settings.token'], tried.text);
    });
  }

  it('may be given again, or taken away, with the new place', async () => {
    await using t = await restServer();
    const { id } = await made(t, VAULT);
    for (const token of ['other', null]) {
      const url = `https://new-${token}.test:8200`;
      assert.equal((await patch(t, id, { url, token })).status, 200);
      assert.equal((await stored(t))['token'], token ?? '');
    }
  });

  it('goes to none of new brokers, nor over a connection that others can read', async () => {
    await using t = await restServer();
    const login = { username: 'vigie', password: 'hunter2', tls: true };
    const { id } = await made(t, { kind: 'kafka', settings: { brokers: ['a.test:9092'], ...login } });
    for (const settings of [{ brokers: ['a.test:9092', 'evil.test:9092'] }, { tls: false }]) {
      const { status, body } = await patch(t, id, settings);
      assert.deepEqual([status, body.error.field], [400, 'settings.password']);
    }
  });
});

test('runs are asked for sixty times a minute by one, as a trial or of a service', async () => {
  await using t = await restServer();
  const dead = { kind: 'tcp', settings: { host: '127.0.0.1', port: 1 } };
  const { id } = await made(t, dead);
  const trial = (caller: 'alice' | 'bob') =>
    t.call(caller, 'POST', `/probes/run?project=${t.project.code}`, dead);
  const run = (caller: 'alice' | 'bob') => t.call(caller, 'POST', `/services/${id}/run`);
  for (let i = 0; i < 30; i++) for (const ask of [trial, run]) assert.equal((await ask('bob')).status, 200);
  await t.clock.advance(10_000);
  for (const ask of [trial, run]) {
    const { status, headers, text } = await ask('bob');
    assert.deepEqual([status, headers['retry-after']], [429, '50'], text);
    assert.equal((await ask('alice')).status, 200);
  }
  await t.clock.advance(50_000);
  assert.equal((await run('bob')).status, 200);
});

test('no answer, and no line of the audit log, holds a secret; who only looks sees no settings', async () => {
  await using t = await restServer();
  const { id } = await made(t, VAULT);
  const answers = [
    await t.call('alice', 'GET', `/services/${id}`),
    await t.call('alice', 'PATCH', `/services/${id}`, { settings: { token: 'hunter3' } }),
    await t.call('write', 'GET', '/services'),
  ];
  for (const { text } of answers) assert.doesNotMatch(text, /hunter/);
  const audit = await t.store.db.selectFrom('audit_log').selectAll().execute();
  assert.doesNotMatch(JSON.stringify(audit), /hunter/);
  for (const caller of ['rita', 'read'] as const) {
    const { body, text } = await t.call<{ items: Service[] }>(
      caller,
      'GET',
      `/services?project=${t.project.code}`,
    );
    assert.deepEqual([body.items[0]?.settings, body.items[0]?.secrets], [{}, []], text);
    for (const [method, path] of [
      ['PATCH', `/services/${id}`],
      ['POST', `/services/${id}/run`],
      ['POST', `/probes/run?project=${t.project.code}`],
    ] as const) {
      const refused = await t.call(caller, method, path, path.includes('run?') ? TCP : {});
      assert.ok([403, 404].includes(refused.status), `${caller} ${path}: ${refused.status}`);
    }
  }
  for (const caller of ['charlie', 'nobody'] as const) {
    const { status } = await t.call(caller, 'GET', `/services/${id}`);
    assert.ok([401, 404].includes(status), `${caller}: ${status}`);
  }
});
