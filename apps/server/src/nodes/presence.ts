/**
 * Which nodes run, and what happened while none did. Deadlines that fell into our own downtime are nobody's
 * lateness: they move to the moment we were ready plus the check's grace.
 */
import { sql } from 'kysely';
import type { Tx } from '../store/tx.ts';

/** Milliseconds between two signs of life. */
export const BEAT_INTERVAL = 2_000;
/** A node that was silent for longer is gone (PostgreSQL; on SQLite there is one node only). */
const PRESUMED_DEAD = 3 * BEAT_INTERVAL;
/** Nodes that ended are forgotten after a day. */
const FORGET_NODE = 24 * 3_600_000;

export interface Outage {
  from: number;
  to: number;
  /** Checks whose deadline was moved. */
  moved: number;
}

/** Enters a node that is ready to take pings at `tx.at`; returns the outage it ended, if any. */
export async function startNode(tx: Tx, id: string): Promise<Outage | null> {
  const { last } = await tx.db
    .selectFrom('nodes')
    .select((e) => e.fn.max('alive_at').as('last'))
    .executeTakeFirstOrThrow();
  await tx.db
    .insertInto('nodes')
    .values({ id, started_at: tx.at, alive_at: tx.at, stopped_at: null })
    .execute();
  await tx.db
    .deleteFrom('nodes')
    .where('alive_at', '<', tx.at - FORGET_NODE)
    .execute();
  if (last === null || last >= tx.at) return null;
  if (tx.engine === 'postgres' && tx.at - last < PRESUMED_DEAD) return null;
  const moved = await excuse(tx, last);
  const outage = { from: last, to: tx.at, moved };
  await tx.db.insertInto('outages').values({ from_at: last, to_at: tx.at, moved }).execute();
  return outage;
}

/** Moves the deadlines of checks that were expected, or would have gone down, after `lastAlive`. */
async function excuse(tx: Tx, lastAlive: number): Promise<number> {
  const grace = sql<number>`(select checks.grace * 1000 from checks where checks.id = check_states.check_id)`;
  const until = sql<number>`${tx.at} + ${grace}`;
  const result = await tx.db
    .updateTable('check_states')
    .set({ excused_until: until, alert_after: until })
    .where('alert_after', '>', lastAlive)
    .where(sql<number>`alert_after - ${grace}`, '<=', tx.at)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** A sign of life. */
export async function beatNode(tx: Tx, id: string): Promise<void> {
  await tx.db.updateTable('nodes').set({ alive_at: tx.at }).where('id', '=', id).execute();
}

/** An orderly end: from now on nobody watches, unless another node does. */
export async function stopNode(tx: Tx, id: string): Promise<void> {
  await tx.db.updateTable('nodes').set({ alive_at: tx.at, stopped_at: tx.at }).where('id', '=', id).execute();
}
