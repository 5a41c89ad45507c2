/** What becomes of alerts when the wall clock steps, and when no node was there to hear of them. */
import { sql } from 'kysely';
import type { Tx } from '../store/tx.ts';
import { ALERT_WORK } from './model.ts';

/** Milliseconds: no check flaps for longer (contract: a day). */
const LONGEST_PAUSE = 86_400_000;

/**
 * After the wall clock stepped by `delta` ms, and `work` with it: a time-out lasts as long as it would have, and so
 * does the pause of a check that flaps, which counts from when its outage was last told. What follows the wall clock
 * (ends that the sender named, silences, maintenance windows) is looked at anew.
 */
export async function shiftAlerts(tx: Tx, delta: number): Promise<void> {
  await tx.db
    .updateTable('alerts')
    .set({ ends_at: sql<number>`ends_at + ${delta}` })
    .where('state', '=', sql.lit('firing'))
    .where('timed_out', '=', 1)
    .execute();
  await tx.db
    .updateTable('alerts')
    .set({ notified_at: sql<number>`notified_at + ${delta}` })
    .where('check_id', 'is not', null)
    .where('notified_at', '>', tx.at - delta - LONGEST_PAUSE)
    .execute();
  const byWallClock = tx.db
    .selectFrom('alerts')
    .select(sql<string>`cast(id as text)`.as('key'))
    .where('state', '=', sql.lit('firing'))
    .where((e) =>
      e.or([
        e('held', 'like', '%"by":"silence"%'),
        e('held', 'like', '%"by":"maintenance"%'),
        e.and([e('timed_out', '=', 0), e('ends_at', 'is not', null)]),
      ]),
    );
  await tx.db
    .updateTable('work')
    .set({ due_at: tx.at })
    .where('kind', '=', ALERT_WORK)
    .where('key', 'in', byWallClock)
    .execute();
  // Every look moved: whatever the timer waits for, it must ask again.
  tx.emit({ type: 'work', kind: ALERT_WORK, at: tx.at });
}

/**
 * After no node ran from `from` to `to`, epoch ms: whoever would have said that an alert goes on could not. A
 * time-out that fell into that time has as long to run as was left of it.
 */
export async function excuseAlerts(tx: Tx, { from, to }: { from: number; to: number }): Promise<void> {
  await tx.db
    .updateTable('alerts')
    .set({ ends_at: sql<number>`ends_at + ${to - from}` })
    .where('state', '=', sql.lit('firing'))
    .where('timed_out', '=', 1)
    .where('ends_at', '>', from)
    .where('ends_at', '<=', to)
    .execute();
}
