/** Sums over the checks of a project. */
import assert from 'node:assert/strict';
import { sumFiring } from '../../../src/alerts/firing.ts';
import { countStatuses, mostUsedTags } from '../../../src/checks/summary.ts';
import { MINUTE, type On } from '../alerts/bench.ts';

export function summarySuite(on: On): void {
  on('a summary counts each check once, and runs beside', async (bench) => {
    const [up, late, down] = [
      await bench.check({ tags: 'prod db' }),
      await bench.check({ tags: 'prod', timeout: 60 }),
      await bench.check({ tags: 'prod' }),
    ];
    await bench.check();
    await bench.ping(up, ['success', 'start']);
    await bench.ping(late, 'success');
    await bench.ping(down, 'fail');
    await bench.clock.advance(2 * MINUTE);
    const { db } = bench.store;
    assert.deepEqual(await countStatuses(db, bench.projectId, bench.clock.now()), {
      new: 1,
      up: 1,
      grace: 1,
      down: 1,
      paused: 0,
      started: 1,
      total: 4,
    });
    assert.deepEqual(await mostUsedTags(db, bench.projectId, 1), [{ tag: 'prod', count: 3 }]);
    assert.deepEqual(await sumFiring(db, bench.projectId), { firing: 1, held: 0, acknowledged: 0 });
  });
}
