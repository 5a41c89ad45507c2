import { sql } from 'kysely';
import type { Tx } from '../store/tx.ts';
import { emitDeadline, saveStates } from './save.ts';
import { noChanges } from './transition.ts';
import { wakeAfter } from './wake.ts';

const PAGE = 500;

/**
 * After the wall clock stepped by `delta` ms: periods run on, so stored instants are read as if they had
 * moved along; calendar schedules are computed anew on the new wall time. Alone it makes no check late.
 */
export async function shiftClock(tx: Tx, delta: number): Promise<void> {
  await tx.db
    .updateTable('check_states')
    .set({
      skew: sql<number>`skew + ${delta}`,
      excused_until: sql<number>`excused_until + ${delta}`,
      alert_after: sql<number>`alert_after + ${delta}`,
    })
    .where((e) => e.or([e('last_ping', 'is not', null), e('last_start', 'is not', null)]))
    .execute();
  for (let after = 0; ; ) {
    const ids = await calendarChecks(tx, after);
    if (ids.length === 0) break;
    after = ids.at(-1) ?? after;
    const checks = await tx.bulk.checksBy('id', ids);
    for (const check of checks) check.alert_after = wakeAfter(check, tx.at);
    await saveStates(tx, checks, noChanges(), async () => undefined);
    emitDeadline(tx, checks);
  }
  // Every deadline moved: whatever the timer waits for, it must look again.
  tx.emit({ type: 'deadline', at: tx.at });
}

async function calendarChecks(tx: Tx, after: number): Promise<number[]> {
  const rows = await tx.db
    .selectFrom('checks')
    .innerJoin('check_states', 'check_states.check_id', 'checks.id')
    .select('checks.id')
    .where('checks.kind', '!=', 'simple')
    .where('check_states.alert_after', 'is not', null)
    .where('checks.id', '>', after)
    .orderBy('checks.id')
    .limit(PAGE)
    .execute();
  return rows.map((row) => row.id);
}
