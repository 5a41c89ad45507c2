import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Role } from '@vigie/contract/vocabulary';
import { type TestContext, testContext } from '../testing/test-context.ts';
import { membersOf } from './members.ts';
import { hashPassword } from './passwords.ts';
import { hashToken } from './secret-token.ts';
import { Gate } from './sign-in.ts';

const PASSWORD = 'correct horse';
const password = await hashPassword(PASSWORD);
const ORIGIN = { remoteAddr: '192.0.2.1', userAgent: 'test' };

interface Team extends TestContext {
  projectId: number;
  /** Ids by name. */
  ids: Record<string, number>;
}

/** A project with the given people; `alice` owns it. */
async function team(people: Record<string, Role>): Promise<Team> {
  const test = await testContext();
  const ids: Record<string, number> = {};
  for (const name of ['alice', ...Object.keys(people)]) {
    const user = { email: `${name}@example.org`, name, password, timeZone: 'UTC' };
    ids[name] = (await test.writer.run('accounts.register', user)).id;
  }
  const project = {
    name: 'P',
    environments: ['production'],
    pingKey: 'pingkey1',
    ownerId: ids['alice'] ?? 0,
  };
  const { id } = await test.writer.run('projects.create', { ...project, actor: 'x' });
  for (const [name, role] of Object.entries(people)) {
    const row = { project_id: id, user_id: ids[name] ?? 0, role, created_at: 0 };
    await test.store.db.insertInto('members').values(row).execute();
  }
  return { ...test, projectId: id, ids };
}

const changes: [by: string, of: string, to: Role | 'out', expected: string][] = [
  ['alice', 'bob', 'owner', 'done'],
  ['alice', 'alice', 'member', 'a project needs an owner: make somebody else one first'],
  ['alice', 'alice', 'out', 'a project needs an owner: make somebody else one first'],
  ['mary', 'bob', 'manager', 'done'],
  ['mary', 'bob', 'owner', 'only an owner'],
  ['mary', 'alice', 'out', 'only an owner'],
  ['mary', 'bob', 'out', 'done'],
  ['bob', 'rita', 'member', 'only managers and owners'],
  ['bob', 'bob', 'manager', 'only managers and owners'],
  ['bob', 'bob', 'out', 'done'],
  ['rita', 'bob', 'out', 'only managers and owners'],
  ['charlie', 'bob', 'out', 'only managers and owners'],
  ['alice', 'charlie', 'member', 'no such member'],
];

describe('members', () => {
  for (const [by, of, to, expected] of changes) {
    it(`${by} makes ${of} ${to}: ${expected}`, async () => {
      await using test = await team({ mary: 'manager', bob: 'member', rita: 'readonly' });
      const user = { email: 'charlie@example.org', name: 'charlie', password, timeZone: 'UTC' };
      test.ids['charlie'] = (await test.writer.run('accounts.register', user)).id;
      const ref = {
        projectId: test.projectId,
        userId: test.ids[of] ?? 0,
        by: test.ids[by] ?? 0,
        actor: by,
      };
      const before = await membersOf(test.store.db, test.projectId);
      const change =
        to === 'out'
          ? test.writer.run('members.remove', ref)
          : test.writer.run('members.update', { ...ref, role: to });
      if (expected !== 'done') {
        await assert.rejects(change, new RegExp(expected));
        assert.deepEqual(await membersOf(test.store.db, test.projectId), before);
        return;
      }
      await change;
      const now = (await membersOf(test.store.db, test.projectId)).find((one) => one.userId === ref.userId);
      assert.equal(now?.role ?? 'out', to);
    });
  }
});

describe('an invitation', () => {
  const invitation = (test: Team, email: string, role: Role, by: string) => ({
    projectId: test.projectId,
    email,
    role,
    hash: hashToken('the token'),
    seed: '',
    mail: false,
    by: test.ids[by] ?? 0,
    actor: by,
  });
  const accept = { token: 'the token', password: 'battery staple', name: 'Dora' };

  it('makes an account and its member, once', async () => {
    await using test = await team({});
    await test.writer.run('members.invite', invitation(test, 'dora@example.org', 'member', 'alice'));
    const gate = new Gate(test.context);
    await gate.accept(accept, ORIGIN);
    const members = await membersOf(test.store.db, test.projectId);
    assert.deepEqual(
      members.map(({ email, role }) => [email, role]),
      [
        ['alice@example.org', 'owner'],
        ['dora@example.org', 'member'],
      ],
    );
    await assert.rejects(gate.accept(accept, ORIGIN), /was used/);
  });

  it('wants the password of an account that exists', async () => {
    await using test = await team({});
    const charlie = { email: 'charlie@example.org', name: '', password, timeZone: 'UTC' };
    await test.writer.run('accounts.register', charlie);
    await test.writer.run('members.invite', invitation(test, charlie.email, 'member', 'alice'));
    const gate = new Gate(test.context);
    await assert.rejects(gate.accept(accept, ORIGIN), /is wrong/);
    await gate.accept({ ...accept, password: PASSWORD }, ORIGIN);
    assert.equal((await membersOf(test.store.db, test.projectId)).length, 2);
  });

  it('runs out after a week', async () => {
    await using test = await team({});
    await test.writer.run('members.invite', invitation(test, 'dora@example.org', 'member', 'alice'));
    await test.clock.advance(7 * 86_400_000);
    await assert.rejects(new Gate(test.context).accept(accept, ORIGIN), /ran out/);
  });

  it('is void once whoever made it may invite no more', async () => {
    await using test = await team({ mary: 'manager' });
    await test.writer.run('members.invite', invitation(test, 'dora@example.org', 'manager', 'mary'));
    const mary = { projectId: test.projectId, userId: test.ids['mary'] ?? 0, by: null, actor: 'x' };
    await test.writer.run('members.remove', mary);
    await assert.rejects(new Gate(test.context).accept(accept, ORIGIN), /only managers and owners/);
    assert.equal((await membersOf(test.store.db, test.projectId)).length, 1);
  });

  for (const [name, email, role, by, expected] of [
    ['beyond one’s role', 'dora@example.org', 'owner', 'mary', /only an owner/],
    ['by a member', 'dora@example.org', 'readonly', 'bob', /only managers and owners/],
    ['of a member', 'bob@example.org', 'readonly', 'alice', /a member already/],
  ] as const) {
    it(`is refused ${name}`, async () => {
      await using test = await team({ mary: 'manager', bob: 'member' });
      await assert.rejects(test.writer.run('members.invite', invitation(test, email, role, by)), expected);
    });
  }
});
