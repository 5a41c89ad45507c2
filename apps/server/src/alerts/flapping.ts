/** While a check flaps, its outages are told once in a while. */
import type { Tx } from '../store/tx.ts';
import type { Circumstances } from './holds.ts';

/** How often checks went down in the window that they are watched for, which is in milliseconds; by their id. */
export type Flapping = ReadonlyMap<number, { flips: number; within: number }>;

/** Until when the outages of flapping checks are held: one window after the last that was told. */
export async function flappingHolds(tx: Tx, flapping: Flapping): Promise<Circumstances['flapping']> {
  const holds = new Map<number, { flips: number; until: number }>();
  if (flapping.size === 0) return holds;
  const longest = Math.max(...[...flapping.values()].map(({ within }) => within));
  const rows = await tx.db
    .selectFrom('alerts')
    .select('check_id')
    .select((e) => e.fn.max('notified_at').as('told'))
    .where('check_id', 'in', [...flapping.keys()])
    .where('notified_at', '>', tx.at - longest)
    .where('flip_id', 'is not', null)
    .groupBy('check_id')
    .execute();
  for (const { check_id: id, told } of rows) {
    const found = id === null ? undefined : flapping.get(id);
    if (id === null || found === undefined || told === null) continue;
    const until = told + found.within;
    if (until > tx.at) holds.set(id, { flips: found.flips, until });
  }
  return holds;
}
