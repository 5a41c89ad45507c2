import type { Querier, StoredSeries } from '../querier.ts';
import type { VectorSelector } from '../syntax/ast.ts';
import type { Plan } from './plan.ts';

/** The stored series of every selector of a query. */
export type Fetched = ReadonlyMap<VectorSelector, readonly StoredSeries[]>;

/** Asks the store for all selectors at once. Fails as the store does. */
export async function fetchAll({ selectors }: Plan, querier: Querier): Promise<Fetched> {
  const answers = await Promise.all(
    Array.from(selectors, async ([selector, { selection }]) => {
      return [selector, await querier.select(selection)] as const;
    }),
  );
  return new Map(answers);
}
