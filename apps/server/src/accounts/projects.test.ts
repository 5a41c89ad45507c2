import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { testContext } from '../testing/test-context.ts';
import { auditEntries } from './audit.ts';

const project = { name: 'P', environments: ['production', 'staging'], ownerId: null, actor: 'user:alice' };
const check = { code: null, channels: null, match: null };

describe('projects', () => {
  it('keep the environments that their checks are in', async () => {
    await using test = await testContext();
    const { id } = await test.writer.run('projects.create', { ...project, pingKey: 'pingkey1' });
    const fields = { name: 'backup', environment: 'staging' };
    await test.writer.run('checks.create', { ...check, projectId: id, fields });
    const update = { projectId: id, actor: 'x' };
    await assert.rejects(
      test.writer.run('projects.update', { ...update, fields: { environments: ['production'] } }),
      /the check "backup" is in the environment "staging"/,
    );
    const environments = ['staging', 'qa'];
    const updated = await test.writer.run('projects.update', { ...update, fields: { environments } });
    assert.equal(updated.environments, '["staging","qa"]');
  });

  it('never share a ping key', async () => {
    await using test = await testContext();
    await test.writer.run('projects.create', { ...project, pingKey: 'pingkey1' });
    const { id } = await test.writer.run('projects.create', { ...project, pingKey: 'pingkey2' });
    const taken = /belongs to another project/;
    await assert.rejects(test.writer.run('projects.create', { ...project, pingKey: 'pingkey1' }), taken);
    const rotate = { projectId: id, pingKey: 'pingkey1', actor: 'x' };
    await assert.rejects(test.writer.run('projects.pingKey', rotate), taken);
  });

  it('go with everything they have, in bounded steps', async () => {
    await using test = await testContext();
    const { id } = await test.writer.run('projects.create', { ...project, pingKey: 'pingkey1' });
    for (let i = 0; i < 51; i++)
      await test.writer.run('checks.create', { ...check, projectId: id, fields: {} });
    const key = { hash: 'h', hint: 'h' };
    await test.writer.run('keys.create', { projectId: id, scope: 'write', name: 'k', key, actor: 'x' });
    const remove = { projectId: id, pingKey: 'gone', actor: 'user:alice' };
    assert.equal(await test.writer.run('projects.remove', remove), false);
    const { db } = test.store;
    assert.equal((await db.selectFrom('checks').select('id').execute()).length, 1);
    assert.equal((await db.selectFrom('api_keys').select('id').execute()).length, 0);
    assert.equal(await test.writer.run('projects.remove', remove), false);
    assert.equal(await test.writer.run('projects.remove', remove), true);
    for (const table of ['projects', 'checks', 'check_states', 'api_keys', 'members'] as const) {
      assert.equal((await db.selectFrom(table).selectAll().execute()).length, 0, table);
    }
  });
});

describe('the audit log', () => {
  it('says who did what, newest first, in pages', async () => {
    await using test = await testContext();
    const { id } = await test.writer.run('projects.create', { ...project, pingKey: 'pingkey1' });
    const input = { ...check, projectId: id, fields: { name: 'backup' }, actor: 'key:hcw_1234' };
    const made = await test.writer.run('checks.create', input);
    await test.writer.run('checks.pause', { projectId: id, code: made.check.code });
    const entries = await auditEntries(test.store.db, { projectId: id, before: null, limit: 2 });
    assert.deepEqual(
      entries.map(({ actor, action, target }) => [actor, action, target]),
      [
        ['system', 'check.pause', made.check.code],
        ['key:hcw_1234', 'check.create', made.check.code],
      ],
    );
    const before = entries.at(-1)?.id ?? 0;
    const rest = await auditEntries(test.store.db, { projectId: id, before, limit: 2 });
    assert.deepEqual(
      rest.map(({ actor, action }) => [actor, action]),
      [['user:alice', 'project.create']],
    );
  });

  it('has no entry for a change that was refused', async () => {
    await using test = await testContext();
    const { id } = await test.writer.run('projects.create', { ...project, pingKey: 'pingkey1' });
    await assert.rejects(test.writer.run('checks.pause', { projectId: id, code: 'x' }));
    const entries = await auditEntries(test.store.db, { projectId: id, before: null, limit: 9 });
    assert.equal(entries.length, 1);
  });
});
