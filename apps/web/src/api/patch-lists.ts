import type { QueryClient } from '@tanstack/react-query';

/** How something makes a thing look; null = it is gone. */
export type Change<T> = (thing: T) => T | null;

interface PageOf<T> {
  items: readonly T[];
}

/**
 * Changes things of one kind wherever a list of them is cached below a key: by pages, or short. What did not
 * change stays the same object. Whatever else is cached there stays as it is.
 */
export function patchLists<T>(client: QueryClient, queryKey: readonly string[], change: Change<T>): void {
  client.setQueriesData<unknown>({ queryKey }, (data: unknown) => patched(data, change));
}

function patched<T>(data: unknown, change: Change<T>): unknown {
  if (isPage<T>(data)) return patchedPage(data, change);
  if (!isPages<T>(data)) return data;
  const pages = data.pages.map((page) => patchedPage(page, change));
  return pages.every((page, at) => page === data.pages[at]) ? data : { ...data, pages };
}

function patchedPage<T>(page: PageOf<T>, change: Change<T>): PageOf<T> {
  let isSame = true;
  const items: T[] = [];
  for (const thing of page.items) {
    const next = change(thing);
    if (next !== thing) isSame = false;
    if (next !== null) items.push(next);
  }
  return isSame ? page : { ...page, items };
}

function isPage<T>(data: unknown): data is PageOf<T> {
  return typeof data === 'object' && data !== null && 'items' in data && Array.isArray(data.items);
}

function isPages<T>(data: unknown): data is { pages: readonly PageOf<T>[] } {
  return typeof data === 'object' && data !== null && 'pages' in data;
}
