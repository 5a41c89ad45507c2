import type { QueryClient } from '@tanstack/react-query';
import type { Check } from '@vigie/contract';
import { checkQuery } from './check-queries.ts';
import { type Change, patchLists } from './patch-lists.ts';

/** How something makes a check look; null = it is gone. */
export type CheckChange = Change<Check>;

/** The first parts of the keys under which lists of checks are cached: by pages, and short ones. */
const LISTS = ['check-list', 'checks'] as const;

/** Changes checks wherever a list of them is cached. What did not change stays the same object. */
export function patchChecks(client: QueryClient, project: string, change: CheckChange): void {
  for (const list of LISTS) patchLists(client, [list, project], change);
}

/** Asks anew for the lists that are shown: checks are back that none of them has any more. */
export async function relistChecks(client: QueryClient, project: string): Promise<void> {
  await Promise.all(LISTS.map((list) => client.invalidateQueries({ queryKey: [list, project] })));
}

/** Lets pages of removed checks know that these are gone, or back by somebody else's hand. */
export async function settleRemoved(client: QueryClient, ids: readonly string[]): Promise<void> {
  const known = ids.map(checkQuery).filter(({ queryKey }) => client.getQueryState(queryKey) !== undefined);
  await Promise.allSettled(known.map((query) => client.fetchQuery({ ...query, staleTime: 0 })));
}
