import type { Tx } from '../store/tx.ts';

/** Ids that one millisecond has room for before they run ahead of the clock. */
const PER_MILLISECOND = 1000;

/**
 * Fresh ids of alerts: greater than any before, and never given again even when the newest rows are deleted,
 * because they follow the clock. Groups of writes come one after another, so that nobody else counts meanwhile.
 */
export async function freshAlertIds(tx: Tx, count: number): Promise<number[]> {
  const { last } = await tx.db
    .selectFrom('alerts')
    .select((e) => e.fn.max('id').as('last'))
    .executeTakeFirstOrThrow();
  const first = Math.max((last ?? 0) + 1, tx.at * PER_MILLISECOND);
  return Array.from({ length: count }, (_, i) => first + i);
}
