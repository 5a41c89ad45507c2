import { sql } from 'kysely';
import { AppError } from '../errors.ts';
import type { Tx } from '../store/tx.ts';

export interface ClockStep {
  /** The node whose wall clock was set. */
  node: string;
  /** Milliseconds by which it was set; `tx.at` is the new time. */
  delta: number;
}

/** Milliseconds of silence after which a node's word does not count. */
const SILENT = 10_000;

/**
 * Whether this node is the one to move the deadlines after a step. Where several nodes share a PostgreSQL the
 * database's own clock tells who is right, and the first node to settle a step speaks for all.
 * @throws AppError `conflict` when only this node's clock was set: it goes on with the time the others have.
 */
export async function isOursToSettle(tx: Tx, { node, delta }: ClockStep): Promise<boolean> {
  if (tx.engine === 'sqlite') return true;
  const before = tx.at - delta;
  const nearer = (at: number): 'before' | 'after' =>
    Math.abs(at - before) < Math.abs(at - tx.at) ? 'before' : 'after';
  // The row lock makes nodes that settle at the same time wait for each other.
  const nodes = await tx.db
    .selectFrom('nodes')
    .selectAll()
    .where('stopped_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
  const others = nodes.filter(
    ({ id, alive_at: at }) => id !== node && Math.min(Math.abs(at - before), Math.abs(at - tx.at)) < SILENT,
  );
  await tx.db.updateTable('nodes').set({ alive_at: tx.at }).where('id', '=', node).execute();
  if (others.length === 0) return true;
  if (nearer(await databaseTime(tx)) === 'before') {
    throw new AppError(
      'conflict',
      'the clock of this machine was set, and differs from that of the database',
    );
  }
  return others.every(({ alive_at: at }) => nearer(at) === 'before');
}

/**
 * Moves the last signs of life of nodes that ended along with a settled step: else a clock set back would have
 * them alive in the future, and the next downtime would be nobody's.
 */
export async function shiftNodes(tx: Tx, { node, delta }: ClockStep): Promise<void> {
  const before = tx.at - delta;
  await tx.db
    .updateTable('nodes')
    .set({ alive_at: sql<number>`alive_at + ${delta}` })
    .where('id', '!=', node)
    // Others that live settle the step for themselves; on SQLite there are none.
    .$if(tx.engine === 'postgres', (query) =>
      query.where((e) =>
        e.or([
          e('stopped_at', 'is not', null),
          e.and([
            e.or([e('alive_at', '<', before - SILENT), e('alive_at', '>', before + SILENT)]),
            e.or([e('alive_at', '<', tx.at - SILENT), e('alive_at', '>', tx.at + SILENT)]),
          ]),
        ]),
      ),
    )
    .execute();
  await tx.db.updateTable('nodes').set({ alive_at: tx.at }).where('id', '=', node).execute();
}

async function databaseTime(tx: Tx): Promise<number> {
  const { rows } = await sql<{
    now: number;
  }>`select extract(epoch from clock_timestamp()) * 1000 as now`.execute(tx.db);
  return Number(rows[0]?.now);
}
