// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders are what is tested
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProjectRow } from '../store/schema.ts';
import { type TestContext, testContext } from '../testing/test-context.ts';
import { configure } from './configure.ts';
import { type TenantLooks, tenantLooks } from './tenant-looks.ts';

const DOCUMENT = {
  tenants: {
    from: { kind: 'tcp', settings: { host: 'db.example', port: 1 }, every: 60 },
    checks: { 'Import ${tenant}': { tags: ['${tenant}'] } },
  },
};

interface Watched {
  test: TestContext;
  project: ProjectRow;
  /** What the source says next: names, or why it fails. */
  says: { names: string[] | Error };
  asked: () => number;
  looks: TenantLooks;
  checks(): Promise<string[]>;
  /** A minute later. */
  later(): Promise<void>;
}

async function watched(names: string[]): Promise<Watched> {
  const test = await testContext();
  const { writer, store, clock, context } = test;
  const input = {
    name: 'Team',
    environments: ['production'],
    pingKey: 'teampingkey',
    ownerId: null,
    actor: 'x',
  };
  const project = await writer.run('projects.create', input);
  const says: Watched['says'] = { names };
  let asked = 0;
  const tenantsOf = async (): Promise<string[]> => {
    asked += 1;
    if (says.names instanceof Error) throw says.names;
    return says.names;
  };
  await configure(
    context,
    { project, owner: 'apply', document: DOCUMENT, mayBeLocal: true, actor: 'x' },
    tenantsOf,
  );
  const looks = tenantLooks(context, { nodeId: 'node', tenantsOf });
  looks.start();
  return {
    test,
    project,
    says,
    looks,
    asked: () => asked,
    async checks() {
      const rows = await store.db.selectFrom('checks').select('name').orderBy('name').execute();
      return rows.map(({ name }) => name);
    },
    async later() {
      const before = asked;
      await clock.advance(60_000);
      for (let turn = 0; asked === before && turn < 1000; turn++) await clock.advance(10);
      await clock.advance(1_000);
    },
  };
}

async function noted({ test }: Watched): Promise<string | undefined> {
  const row = await test.store.db.selectFrom('config_documents').select('tenants_error').executeTakeFirst();
  return row?.tenants_error;
}

test('tenants come and go with what their source says', async () => {
  const own = await watched(['globex', 'acme', 'acme']);
  assert.deepEqual(await own.checks(), ['Import acme', 'Import globex']);
  own.says.names = ['globex', 'initech'];
  await own.later();
  assert.deepEqual(await own.checks(), ['Import globex', 'Import initech']);
  await own.later();
  assert.equal(own.asked(), 3, 'it looks again and again');
  await own.looks.stop();
});

test('a source that fails, or names what can be none, or too many, changes nothing and says so', async () => {
  const own = await watched(['acme']);
  const many = Array.from({ length: 1001 }, (_, n) => `t${n}`);
  for (const [says, why] of [
    [new Error('db.example:1 refused the connection'), /refused/],
    [['acme', "x'; drop table"], /can be no tenant/],
    [many, /there are 1001 tenants; 1000 are the most/],
  ] as const) {
    own.says.names = says instanceof Error ? says : [...says];
    await own.later();
    assert.deepEqual(await own.checks(), ['Import acme']);
    assert.match((await noted(own)) ?? '', why);
  }
  own.says.names = ['acme'];
  await own.later();
  assert.equal(await noted(own), '');
  await own.looks.stop();
});

test('a document that was replaced while somebody looked stays replaced', async () => {
  const own = await watched(['acme']);
  const { context } = own.test;
  const other = { checks: { Other: {} } };
  const handed = { project: own.project, owner: 'apply', document: other, mayBeLocal: true, actor: 'x' };
  own.says.names = ['globex'];
  const stale = { ...handed, document: DOCUMENT, isAgain: true };
  await configure(context, handed, async () => []);
  await assert.rejects(
    configure(context, stale, async () => ['globex']),
    /another document was applied meanwhile/,
  );
  assert.deepEqual(await own.checks(), ['Other']);
  await own.looks.stop();
});
