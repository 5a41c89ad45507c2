/** Checks that go down and come up too fast for each time to be told. */
import type { Tx } from '../store/tx.ts';
import { policiesOf } from './policies.ts';

/** How often a check went down within the window of its policy, which is in milliseconds. */
export interface Flapping {
  flips: number;
  within: number;
}

interface Watched {
  id: number;
  least: number;
  within: number;
}

/** Those of the checks that went down as often as their policy calls flapping. */
export async function flappingOf(tx: Tx, checkIds: readonly number[]): Promise<Map<number, Flapping>> {
  const flapping = new Map<number, Flapping>();
  const watched = await watchedOf(tx, checkIds);
  for (const [within, own] of Map.groupBy(watched, (one) => one.within)) {
    const counts = await countDowns(tx, own, tx.at - within);
    for (const { id, least } of own) {
      const flips = counts.get(id) ?? 0;
      if (flips >= least) flapping.set(id, { flips, within });
    }
  }
  return flapping;
}

async function watchedOf(tx: Tx, checkIds: readonly number[]): Promise<Watched[]> {
  const rows = await tx.db
    .selectFrom('checks')
    .select(['id', 'policies'])
    .where('id', 'in', checkIds)
    .where('policies', '!=', '')
    .execute();
  return rows.flatMap((row) => {
    const { flapping } = policiesOf(row);
    if (flapping === undefined) return [];
    return [{ id: row.id, least: flapping.flips, within: flapping.within * 1000 }];
  });
}

async function countDowns(tx: Tx, checks: readonly Watched[], after: number): Promise<Map<number, number>> {
  const rows = await tx.db
    .selectFrom('flips')
    .select('check_id')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where(
      'check_id',
      'in',
      checks.map(({ id }) => id),
    )
    .where('created_at', '>', after)
    .where('new_status', '=', 'down')
    .groupBy('check_id')
    .execute();
  return new Map(rows.map((row) => [row.check_id, Number(row.count)]));
}
