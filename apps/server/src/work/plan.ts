import type { Tx } from '../store/tx.ts';

/** A piece of work and when it is to be done, epoch ms. */
export interface Plan {
  key: string;
  at: number;
}

const COLUMNS = ['kind', 'key', 'due_at', 'fence', 'pending'] as const;
/** What becomes of a piece that waits already. */
const DUE_AT = {
  'no later': 'case when excluded.due_at < work.due_at then excluded.due_at else work.due_at end',
  'whatever it was': 'excluded.due_at',
} as const;

/**
 * Asks for pieces of work, each at its own time; one that waits is done no later, or at that time whatever its own
 * was. For kinds that are taken, not claimed: a claim's time is the end of its lease. Of two plans for one key the
 * last counts.
 */
export async function planWork(
  tx: Tx,
  kind: string,
  plans: readonly Plan[],
  when: keyof typeof DUE_AT = 'no later',
): Promise<void> {
  if (plans.length === 0) return;
  const times = new Map(plans.map(({ key, at }) => [key, at]));
  // Rows are locked in this order everywhere, so that two nodes cannot wait for each other.
  const rows = [...times].sort(([one], [other]) => (one < other ? -1 : 1));
  await tx.bulk.insert(
    'work',
    COLUMNS,
    rows.map(([key, at]) => [kind, key, at, 0, 1]),
    `on conflict (kind, key) do update set pending = work.pending + 1, due_at = ${DUE_AT[when]}`,
  );
  tx.emit({ type: 'work', kind, at: plans.reduce((soonest, { at }) => Math.min(soonest, at), Infinity) });
}
