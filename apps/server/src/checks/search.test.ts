import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type TestStore, testStore } from '../testing/test-store.ts';
import type { CheckFields } from './create.ts';
import { type CheckSearch, searchChecks } from './search.ts';
import { alertAfter } from './status.ts';

const ALL: CheckSearch = {
  projectId: 1,
  text: '',
  tags: [],
  statuses: [],
  order: 'created',
  descending: false,
  after: null,
  limit: 100,
};

async function withChecks(checks: Partial<CheckFields>[]): Promise<TestStore> {
  const test = await testStore();
  const project = { name: 'P', environments: ['production'], pingKey: 'p', ownerId: null, actor: 'x' };
  await test.writer.run('projects.create', project);
  await Promise.all(
    checks.map((fields) =>
      test.writer.run('checks.create', { projectId: 1, code: null, fields, channels: null, match: null }),
    ),
  );
  return test;
}

async function names(test: TestStore, search: Partial<CheckSearch>): Promise<string> {
  const { checks } = await searchChecks(test.store.db, { ...ALL, ...search }, test.clock.now());
  return checks.map((check) => check.name).join(' ');
}

const CHECKS: Partial<CheckFields>[] = [
  { name: 'Backup', slug: 'nightly', tags: 'prod tier1' },
  { name: 'Éclair', slug: 'cake', tags: 'Prod' },
  { name: '100%', slug: 'a_b', tags: 'prod-old', description: 'Über the top' },
  { name: 'zebra', environment: 'staging' },
];

const cases: [name: string, search: Partial<CheckSearch>, expected: string][] = [
  ['everything', {}, 'Backup Éclair 100% zebra'],
  ['part of a name in any case', { text: 'BACK' }, 'Backup'],
  ['a letter beyond ASCII in any case', { text: 'éCL' }, 'Éclair'],
  ['another letter in its place', { text: 'xcl' }, ''],
  ['part of a slug', { text: 'ight' }, 'Backup'],
  ['part of a tag', { text: 'rod' }, 'Backup Éclair 100%'],
  ['part of a description', { text: 'über' }, '100%'],
  ['a percent sign as itself', { text: '%' }, '100%'],
  ['an underscore as itself', { text: 'a_b' }, '100%'],
  ['a whole tag in its own case', { tags: ['prod'] }, 'Backup'],
  ['every tag', { tags: ['prod', 'tier1'] }, 'Backup'],
  ['not some of the tags', { tags: ['prod', 'tier2'] }, ''],
  ['a slug', { slug: 'cake' }, 'Éclair'],
  ['an environment', { environment: 'staging' }, 'zebra'],
  ['a status', { statuses: ['new'] }, 'Backup Éclair 100% zebra'],
  ['no status', { statuses: ['up', 'grace'] }, ''],
  ['names in order', { order: 'name' }, '100% Backup zebra Éclair'],
  ['the newest first', { descending: true }, 'zebra 100% Éclair Backup'],
];

describe('a search', () => {
  for (const [name, search, expected] of cases) {
    it(`finds ${name}`, async () => {
      await using test = await withChecks(CHECKS);
      assert.equal(await names(test, search), expected);
    });
  }

  for (const order of ['created', 'name', 'last_ping', 'status', 'deadline'] as const) {
    for (const descending of [false, true]) {
      it(`gives each check once over pages by ${order}${descending ? ', reversed' : ''}`, async () => {
        const many = Array.from({ length: 25 }, (_, i) => ({ name: `n${i % 7}`, tags: i % 2 ? 'odd' : '' }));
        await using test = await withChecks(many);
        const search = { ...ALL, order, descending, limit: 4, tags: ['odd'] };
        const codes: string[] = [];
        let after: CheckSearch['after'] = null;
        do {
          const page = await searchChecks(test.store.db, { ...search, after }, test.clock.now());
          codes.push(...page.checks.map((check) => check.code));
          after = page.next;
        } while (after !== null);
        assert.equal(codes.length, 12);
        assert.equal(new Set(codes).size, 12);
      });
    }
  }

  it('finds checks by what they are at that moment', async () => {
    await using test = await withChecks(
      ['up', 'late', 'overdue', 'down', 'paused', 'running'].map((name) => ({ name })),
    );
    const { db } = test.store;
    const now = test.clock.now();
    const MINUTE = 60_000;
    const states = {
      up: { status: 'up', last_ping: now },
      late: { status: 'up', last_ping: now - 90 * MINUTE },
      overdue: { status: 'up', last_ping: now - 120 * MINUTE },
      down: { status: 'down', last_ping: now },
      paused: { status: 'paused' },
      running: { status: 'new', last_start: now - MINUTE },
    };
    await db.updateTable('checks').set({ timeout: 3600, grace: 3600 }).execute();
    for (const [name, state] of Object.entries(states)) {
      const { id } = await db
        .selectFrom('checks')
        .select('id')
        .where('name', '=', name)
        .executeTakeFirstOrThrow();
      await db.updateTable('check_states').set(state).where('check_id', '=', id).execute();
      const [check] = (await searchChecks(db, { ...ALL, text: name }, now)).checks;
      assert.ok(check);
      await db
        .updateTable('check_states')
        .set({ alert_after: alertAfter(check) })
        .where('check_id', '=', id)
        .execute();
    }
    assert.equal(await names(test, { statuses: ['up'] }), 'up');
    assert.equal(await names(test, { statuses: ['grace'] }), 'late');
    assert.equal(await names(test, { statuses: ['down'] }), 'overdue down');
    assert.equal(await names(test, { statuses: ['paused', 'started'] }), 'paused running');
    assert.equal(await names(test, { statuses: ['new'] }), 'running');
  });
});
