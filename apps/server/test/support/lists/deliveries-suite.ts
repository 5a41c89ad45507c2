/** Messages about one check. */
import assert from 'node:assert/strict';
import { deliveriesWhere } from '../../../src/notify/read-ledger.ts';
import type { On } from '../alerts/bench.ts';

export function deliveriesSuite(on: On): void {
  on('messages are found by the names of their check', async (bench) => {
    const mail = await bench.channel('mail');
    const [one, two] = [await bench.check({}, [mail]), await bench.check({}, [mail])];
    for (const check of [one, two]) await bench.ping(check, 'fail');
    const { db } = bench.store;
    const [{ unique_key } = { unique_key: '' }] = await db
      .selectFrom('checks')
      .select('unique_key')
      .where('id', '=', one.id)
      .execute();
    for (const filter of [{ check: one.code }, { check: unique_key }, { checkId: one.id }]) {
      const found = await deliveriesWhere(db, { projectId: bench.projectId, ...filter, limit: 10 });
      assert.deepEqual(
        found.map((row) => [row.check_code, row.kind]),
        [[one.code, 'firing']],
      );
    }
  });
}
