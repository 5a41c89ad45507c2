import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Config } from '../config/config.ts';
import { type TestContext, testContext } from '../testing/test-context.ts';
import { type FirstRun, firstRun, firstRunLines } from './first-run.ts';
import { findKey, KEY_LENGTH, storedKey } from './keys.ts';
import { keysOf } from './manage-keys.ts';
import { Gate } from './sign-in.ts';

const KEY = (letter: string): string => letter.repeat(KEY_LENGTH);
const ORIGIN = { remoteAddr: '192.0.2.1', userAgent: 'test' };
const ADMIN = { VIGIE_ADMIN_EMAIL: 'Alice@Example.org', VIGIE_ADMIN_PASSWORD: 'correct horse' };

function scopeOf(test: TestContext, key: string) {
  return findKey(test.store.db, test.context.secretKey, key).then((owner) => owner?.scope ?? null);
}

function tokenOf(run: FirstRun): string {
  return new URL(run.setUpUrl ?? 'http://none').searchParams.get('token') ?? '';
}

function withProject(config: Config, project: Partial<Config['project']>): Partial<Config> {
  return { project: { ...config.project, ...project } };
}

describe('the first start', () => {
  it('makes the project with generated keys and prints them once', async () => {
    await using test = await testContext({ VIGIE_PROJECT: 'Backups' });
    const run = await firstRun(test.context);
    const { write = '', read = '', ping = '' } = run.generated;
    assert.equal(run.project.name, 'Backups');
    assert.equal(await scopeOf(test, write), 'write');
    assert.equal(await scopeOf(test, read), 'read');
    assert.match(ping, /^[a-z0-9]{22}$/);
    assert.match(
      firstRunLines(run, 'http://vigie.test/ping/').join('\n'),
      new RegExp(`${write}.*${ping}/my`, 's'),
    );
    const again = await firstRun(test.context);
    assert.deepEqual(again.generated, {});
    assert.deepEqual(again.project, run.project);
  });

  it('takes the given keys and says nothing of them', async () => {
    await using test = await testContext({
      VIGIE_API_KEY: KEY('w'),
      VIGIE_READ_KEY: KEY('r'),
      VIGIE_PING_KEY: 'pingkey1',
      ...ADMIN,
    });
    const run = await firstRun(test.context);
    assert.deepEqual(run.generated, {});
    assert.equal(run.setUpUrl, null);
    assert.deepEqual(firstRunLines(run, ''), []);
    assert.equal(await scopeOf(test, KEY('w')), 'write');
    assert.equal(await scopeOf(test, KEY('r')), 'read');
  });

  it('makes the given admin, owner of the project', async () => {
    await using test = await testContext(ADMIN);
    await firstRun(test.context);
    const gate = new Gate(test.context);
    const { user } = await gate.signIn('alice@example.org', 'correct horse', ORIGIN);
    assert.equal(user.admin, 1);
    const members = await test.store.db.selectFrom('members').selectAll().execute();
    assert.deepEqual(
      members.map((member) => [member.user_id, member.role]),
      [[user.id, 'owner']],
    );
  });

  it('makes the channels that the configuration gives', async () => {
    await using test = await testContext({
      HEALTHCHECKS_SLACK_ENABLED: 'True',
      HEALTHCHECKS_SLACK_WEBHOOK_URL: 'http://127.0.0.1:1/hook',
    });
    await firstRun(test.context);
    await firstRun(test.context);
    const channels = await test.store.db.selectFrom('channels').select(['kind', 'name']).execute();
    assert.deepEqual(
      channels.map(({ kind, name }) => [kind, name]),
      [['slack', 'Slack']],
    );
    const told = test.effects.filter((effect) => effect.type === 'changed' && effect.noun === 'channel');
    assert.equal(told.length, 1, 'made as any other channel, once');
  });
});

describe('a later start', () => {
  it('replaces the configured keys by those that are given anew, and no others', async () => {
    await using test = await testContext({ VIGIE_API_KEY: KEY('w') });
    const first = await firstRun(test.context);
    const projectId = 1;
    const own = { hash: 'own', hint: 'own' };
    await test.writer.run('keys.create', { projectId, scope: 'write', name: 'ci', key: own, actor: 'x' });
    test.configure(
      withProject(test.context.config(), { apiKey: KEY('W'), readKey: KEY('R'), pingKey: 'another1' }),
    );
    await firstRun(test.context);
    assert.equal(await scopeOf(test, KEY('w')), null);
    assert.equal(await scopeOf(test, first.generated.read ?? ''), null);
    assert.equal(await scopeOf(test, KEY('W')), 'write');
    assert.equal(await scopeOf(test, KEY('R')), 'read');
    const names = (await keysOf(test.store.db, projectId)).map((key) => key.name);
    assert.deepEqual(names.sort(), ['ci', 'configuration', 'configuration']);
    const project = await test.store.db.selectFrom('projects').select('ping_key').executeTakeFirst();
    assert.equal(project?.ping_key, 'another1');
  });

  it('refuses a key that another project has, and changes nothing', async () => {
    await using test = await testContext({ VIGIE_API_KEY: KEY('w') });
    await firstRun(test.context);
    const project = { name: 'Other', environments: ['production'], pingKey: 'other123', ownerId: null };
    const other = await test.writer.run('projects.create', { ...project, actor: 'x' });
    const { secretKey } = test.context;
    const key = storedKey(secretKey, KEY('o'));
    await test.writer.run('keys.create', { projectId: other.id, scope: 'write', name: 'o', key, actor: 'x' });
    test.configure(withProject(test.context.config(), { apiKey: KEY('o') }));
    await assert.rejects(firstRun(test.context), /the API key oooooooo\.\.\. is in use already/);
    assert.equal(await scopeOf(test, KEY('w')), 'write');
  });

  it('leaves the password of the admin as it is', async () => {
    await using test = await testContext(ADMIN);
    await firstRun(test.context);
    test.configure({ admin: { email: 'alice@example.org', password: 'another horse', token: null } });
    await firstRun(test.context);
    const gate = new Gate(test.context);
    await gate.signIn('alice@example.org', 'correct horse', ORIGIN);
    await assert.rejects(gate.signIn('alice@example.org', 'another horse', ORIGIN), /is wrong/);
  });
});

describe('the set-up link', () => {
  const alice = { email: 'alice@example.org', password: 'correct horse', name: 'Alice' };

  it('makes the admin once, and no keys beside those of the first start', async () => {
    await using test = await testContext({ VIGIE_READ_KEY: KEY('r') });
    const run = await firstRun(test.context);
    const token = tokenOf(run);
    const gate = new Gate(test.context);
    const done = await gate.setUp({ ...alice, token }, ORIGIN);
    assert.equal(done.user.admin, 1);
    assert.equal(await scopeOf(test, run.generated.write ?? ''), 'write');
    const keys = await keysOf(test.store.db, done.project.id);
    assert.deepEqual(keys.map(({ scope, name }) => `${scope} ${name}`).sort(), [
      'read configuration',
      'write configuration',
    ]);
    await assert.rejects(gate.setUp({ ...alice, email: 'eve@example.org', token }, ORIGIN), /was used/);
    assert.equal((await firstRun(test.context)).setUpUrl, null);
  });

  it('is of no use after the next start made another one', async () => {
    await using test = await testContext();
    const first = tokenOf(await firstRun(test.context));
    const second = tokenOf(await firstRun(test.context));
    const gate = new Gate(test.context);
    await assert.rejects(gate.setUp({ ...alice, token: first }, ORIGIN), /earlier start/);
    await gate.setUp({ ...alice, token: second }, ORIGIN);
  });

  it('runs out after a day', async () => {
    await using test = await testContext();
    const token = tokenOf(await firstRun(test.context));
    await test.clock.advance(86_400_000);
    await assert.rejects(new Gate(test.context).setUp({ ...alice, token }, ORIGIN), /ran out/);
  });

  it('keeps no more of the token than its hash', async () => {
    await using test = await testContext();
    const token = tokenOf(await firstRun(test.context));
    const rows = await test.store.db.selectFrom('settings').selectAll().execute();
    assert.ok(token.length >= 43);
    assert.ok(!JSON.stringify(rows).includes(token));
  });
});
