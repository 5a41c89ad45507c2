/** People as the instance admin sees them. */
import assert from 'node:assert/strict';
import { usersWhere } from '../../../src/accounts/manage-users.ts';
import type { On } from '../alerts/bench.ts';

export function usersSuite(on: On): void {
  on('people are listed, and deleted unless nobody else owns a project of theirs', async (bench) => {
    const { db } = bench.store;
    const register = async (email: string) =>
      (await bench.writer.run('accounts.register', { email, name: '', password: 'x', timeZone: 'UTC' })).id;
    const [alice, bob] = [await register('alice@example.org'), await register('bob@example.org')];
    const member = { project_id: bench.projectId, role: 'owner', created_at: 0 };
    await db
      .insertInto('members')
      .values({ ...member, user_id: alice })
      .execute();
    const listed = async () =>
      (await usersWhere(db, { after: 0, text: 'EXAMPLE', limit: 9, now: bench.clock.now() })).map((user) => [
        user.email,
        user.projects,
        user.seenAt,
        user.hasSecondFactor,
      ]);
    assert.deepEqual(await listed(), [
      ['alice@example.org', 1, null, false],
      ['bob@example.org', 0, null, false],
    ]);
    const remove = (userId: number) => bench.writer.run('users.remove', { userId, actor: 'x' });
    await assert.rejects(remove(alice), { code: 'conflict' });
    await db
      .insertInto('members')
      .values({ ...member, user_id: bob })
      .execute();
    await remove(alice);
    assert.deepEqual(await listed(), [['bob@example.org', 1, null, false]]);
  });
}
