/** The flips of a project among those of others. */
import assert from 'node:assert/strict';
import type { FlipPosition } from '../../../src/checks/history.ts';
import { projectFlips } from '../../../src/checks/project-flips.ts';
import { type Bench, makeProject, type On, T } from '../alerts/bench.ts';

export function flipsSuite(on: On): void {
  on(
    'each flip of a project is listed once, also among thousands of one instant of others',
    async (bench) => {
      const { db } = bench.store;
      const own = await bench.check({ name: 'own' });
      await db.updateTable('checks').set({ name: 'renamed' }).where('id', '=', own.id).execute();
      const foreign = await foreignCheck(bench);
      await addFlips(bench, foreign, 'a', 3000);
      await addFlips(bench, own.id, 'b', 7);
      await addFlips(bench, foreign, 'c', 3000);
      const seen: string[] = [];
      let after: FlipPosition | null = null;
      let pages = 0;
      do {
        const page = await projectFlips(db, bench.projectId, { after, limit: 3 });
        seen.push(...page.flips.map((flip) => `${flip.name} ${flip.id}`));
        after = page.next;
        pages += 1;
        assert.ok(pages < 20);
      } while (after !== null);
      assert.deepEqual(
        seen,
        [7, 6, 5, 4, 3, 2, 1].map((n) => `renamed b${n}`),
      );
    },
  );
}

async function foreignCheck(bench: Bench): Promise<number> {
  const projectId = await makeProject(bench.store);
  const input = { projectId, code: null, fields: {}, channels: null, match: null };
  return (await bench.writer.run('checks.create', input)).check.check_id;
}

/** Flips of one instant. */
async function addFlips({ store }: Bench, checkId: number, prefix: string, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, i) => ({
    id: `${prefix}${i + 1}`,
    check_id: checkId,
    created_at: T,
    old_status: 'up',
    new_status: 'down',
    reason: 'fail',
  }));
  for (let i = 0; i < rows.length; i += 500) {
    await store.db
      .insertInto('flips')
      .values(rows.slice(i, i + 500))
      .execute();
  }
}
