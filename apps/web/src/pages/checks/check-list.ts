/** The checks of the list, page by page as one gets there. */
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { Check, CheckPage } from '@vigie/contract';
import { useCallback, useMemo } from 'react';
import { usePending } from '../../components/pending-changes.ts';
import { listPages } from './list-pages.ts';
import type { ChecksSearch } from './search.ts';

export interface CheckList {
  /** Those that are loaded, as they are shown. */
  checks: readonly Check[];
  /** How many there are, loaded or not. */
  total: number;
  /** Nothing is known yet. */
  isFirst: boolean;
  /** What is shown belongs to what was asked before. */
  isOld: boolean;
  error: unknown;
  hasMore: boolean;
  /** Loads the next page, once at a time. */
  more(): void;
  /** Loads all that is left. @returns all checks. */
  all(): Promise<readonly Check[]>;
  /** Asks anew, for the right order. */
  refresh(): Promise<unknown>;
}

export function useCheckList(project: string, search: ChecksSearch): CheckList {
  const query = useInfiniteQuery({
    ...listPages(project, search),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const { data, hasNextPage, isFetchingNextPage, isPlaceholderData, fetchNextPage, refetch } = query;
  const shown = usePending();
  const loaded = useMemo(() => withoutDoubles(data?.pages ?? []), [data]);
  const checks = useMemo(() => loaded.map(shown).filter((check) => check !== null), [loaded, shown]);
  const known = data?.pages[0]?.total ?? loaded.length;
  const more = useCallback(() => {
    if (!isPlaceholderData) void fetchNextPage({ cancelRefetch: false });
  }, [isPlaceholderData, fetchNextPage]);
  const all = useCallback(async () => {
    for (;;) {
      const { data: now, hasNextPage: goesOn, error } = await fetchNextPage({ cancelRefetch: false });
      if (error !== null) throw error;
      if (!goesOn) return withoutDoubles(now?.pages ?? []);
    }
  }, [fetchNextPage]);
  return {
    checks,
    total: hasNextPage ? Math.max(known - (loaded.length - checks.length), checks.length) : checks.length,
    isFirst: data === undefined,
    isOld: isPlaceholderData,
    error: data === undefined || query.isFetchNextPageError ? query.error : null,
    hasMore: hasNextPage && !isFetchingNextPage,
    more,
    all,
    refresh: refetch,
  };
}

/** A check that moved while pages were loaded may come twice. */
function withoutDoubles(pages: readonly CheckPage[]): Check[] {
  const byId = new Map<string, Check>();
  for (const { items } of pages)
    for (const check of items) if (!byId.has(check.id)) byId.set(check.id, check);
  return [...byId.values()];
}
