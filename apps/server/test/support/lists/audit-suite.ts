/** Reading the audit log of a project. */
import assert from 'node:assert/strict';
import { auditEntries } from '../../../src/accounts/audit.ts';
import { type On, SECOND, T } from '../alerts/bench.ts';

export function auditSuite(on: On): void {
  on('the audit log is filtered alike by every engine', async (bench) => {
    const one = await bench.check();
    await bench.clock.advance(SECOND);
    const ref = { projectId: bench.projectId, code: one.code };
    await bench.writer.run('checks.pause', { ...ref, actor: 'user:Alice@example.org' });
    const list = async (filter: object) => {
      const all = { projectId: bench.projectId, before: null, limit: 10, ...filter };
      return (await auditEntries(bench.store.db, all)).map((entry) => entry.action).join(' ');
    };
    assert.equal(await list({}), 'check.pause check.create');
    assert.equal(await list({ actor: 'alICE@' }), 'check.pause');
    assert.equal(await list({ actor: '_' }), '');
    assert.equal(await list({ action: 'check.c' }), 'check.create');
    assert.equal(await list({ action: 'CHECK.' }), '');
    assert.equal(await list({ from: T + SECOND }), 'check.pause');
    assert.equal(await list({ until: T + SECOND }), 'check.create');
  });
}
