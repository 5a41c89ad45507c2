import type { Tx } from '../store/tx.ts';
import { DELIVERY_WORK } from './queue.ts';

/** Milliseconds of silence after which a node's lanes are taken over; it beats every 2 s (nodes/presence.ts). */
const SILENT = 10_000;

/**
 * Makes lanes due now that were claimed by nodes which are gone, so that their messages need not wait for the
 * end of the lease. Should such a node only have slept, its fence keeps it from settling what it finds.
 * @returns how many lanes.
 */
export async function adoptLanes(tx: Tx, owner: string): Promise<number> {
  const alive = tx.db
    .selectFrom('nodes')
    .select('id')
    .where('stopped_at', 'is', null)
    .where('alive_at', '>=', tx.at - SILENT);
  const orphans = tx.db
    .selectFrom('work')
    .select('key')
    .where('kind', '=', DELIVERY_WORK)
    .where('owner', 'is not', null)
    .where('owner', '!=', owner)
    // On SQLite there is one node: whoever else held a lane has ended. A locked lane is being settled.
    .$if(tx.engine === 'postgres', (query) => query.where('owner', 'not in', alive).forUpdate().skipLocked());
  const result = await tx.db
    .updateTable('work')
    .set({ due_at: tx.at, owner: null, lease_until: null })
    .where('kind', '=', DELIVERY_WORK)
    .where('key', 'in', orphans)
    .executeTakeFirst();
  const adopted = Number(result.numUpdatedRows);
  if (adopted > 0) tx.emit({ type: 'work', kind: DELIVERY_WORK, at: tx.at });
  return adopted;
}
