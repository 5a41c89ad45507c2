import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Page, TimelineEntry } from '@vigie/contract';
import { useEffect, useMemo } from 'react';
import { call } from '../../api/client.ts';
import type { TimelineKind } from './search.ts';
import { entriesOf, type TimelinePages, withNewest } from './timeline-pages.ts';

/** Entries fetched at once. */
const PAGE = 30;

function fetchPage(
  check: string,
  kind: TimelineKind | undefined,
  cursor: string | null,
  signal: AbortSignal,
) {
  const query = { kind, cursor: cursor ?? undefined, limit: PAGE };
  return call<Page<TimelineEntry>>('GET', `/checks/${check}/timeline`, { query, signal });
}

/**
 * The time line of a check. A change asks anew for its newest page alone, however many older ones are shown; the
 * key of these is none that changes make stale.
 */
export function useTimeline(check: string, kind: TimelineKind | undefined) {
  const client = useQueryClient();
  const newest = useQuery({
    queryKey: ['check', check, 'timeline', kind ?? 'all'],
    queryFn: ({ signal }) => fetchPage(check, kind, null, signal),
  });
  const queryKey = useMemo(() => ['timeline', check, kind ?? 'all'], [check, kind]);
  const all = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetchPage(check, kind, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    enabled: false,
  });
  const { data: page } = newest;
  const { isFetchingNextPage } = all;
  useEffect(() => {
    // Put in meanwhile, it would be lost when the older page arrives.
    if (page === undefined || isFetchingNextPage) return;
    client.setQueryData<TimelinePages>(queryKey, (known) => withNewest(known, page));
  }, [client, queryKey, page, isFetchingNextPage]);
  return {
    /** Undefined = not known yet. */
    entries: useMemo(() => all.data && entriesOf(all.data), [all.data]),
    error: newest.error ?? all.error,
    retry: () => void (newest.error === null ? all.fetchNextPage() : newest.refetch()),
    hasOlder: all.hasNextPage,
    isFetchingOlder: isFetchingNextPage,
    older: () => void all.fetchNextPage(),
  };
}
