import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Check, CheckPage } from '@vigie/contract';

/** How something makes a check look; null = it is gone. */
export type CheckChange = (check: Check) => Check | null;

/** The first parts of the keys under which lists of checks are cached: by pages, and short ones. */
const LISTS = ['check-list', 'checks'] as const;

/** Changes checks wherever a list of them is cached. What did not change stays the same object. */
export function patchChecks(client: QueryClient, project: string, change: CheckChange): void {
  for (const list of LISTS) {
    client.setQueriesData<unknown>({ queryKey: [list, project] }, (data: unknown) => patched(data, change));
  }
}

function patched(data: unknown, change: CheckChange): unknown {
  if (isPage(data)) return patchedPage(data, change);
  if (!isPages(data)) return data;
  const pages = data.pages.map((page) => patchedPage(page, change));
  return pages.every((page, at) => page === data.pages[at]) ? data : { ...data, pages };
}

function patchedPage(page: CheckPage, change: CheckChange): CheckPage {
  let isSame = true;
  const items: Check[] = [];
  for (const check of page.items) {
    const next = change(check);
    if (next !== check) isSame = false;
    if (next !== null) items.push(next);
  }
  return isSame ? page : { ...page, items };
}

function isPage(data: unknown): data is CheckPage {
  return typeof data === 'object' && data !== null && 'items' in data && Array.isArray(data.items);
}

function isPages(data: unknown): data is InfiniteData<CheckPage> {
  return typeof data === 'object' && data !== null && 'pages' in data;
}
