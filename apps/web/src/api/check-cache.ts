import type { QueryClient } from '@tanstack/react-query';
import type { Check } from '@vigie/contract';
import { type Change, patchLists } from './patch-lists.ts';

/** How something makes a check look; null = it is gone. */
export type CheckChange = Change<Check>;

/** The first parts of the keys under which lists of checks are cached: by pages, and short ones. */
const LISTS = ['check-list', 'checks'] as const;

/** Changes checks wherever a list of them is cached. What did not change stays the same object. */
export function patchChecks(client: QueryClient, project: string, change: CheckChange): void {
  for (const list of LISTS) patchLists(client, [list, project], change);
}
