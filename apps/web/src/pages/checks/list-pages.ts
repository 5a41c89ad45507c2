/** What the server is asked for when the list is shown; apart from the page, so that it is asked while that loads. */
import { infiniteQueryOptions } from '@tanstack/react-query';
import type { CheckPage } from '@vigie/contract';
import { call, type Query } from '../../api/client.ts';
import { type ChecksSearch, USUAL_SORT, words } from './search.ts';

/** Checks of the first page, which is to be there soon, and of each later one: as many as the server gives. */
const PAGE = { first: 100, later: 500 } as const;
/** Milliseconds for which an order is good enough for who comes to the list; changes arrive check by check. */
const FRESH = 5_000;

/** The filters and the order of a list. */
export function filtersOf(project: string, search: ChecksSearch): Query {
  return {
    project,
    q: search.q,
    tag: words(search.tag),
    status: words(search.status),
    channel: words(search.channel),
    environment: search.environment,
    sort: search.sort ?? USUAL_SORT,
  };
}

/** The pages of a list. Its key is its own: changes do not make it stale, they are put into it check by check. */
export function listPages(project: string, search: ChecksSearch) {
  return infiniteQueryOptions({
    queryKey: ['check-list', project, search],
    queryFn: ({ pageParam, signal }) => {
      const position =
        pageParam === null ? { limit: PAGE.first, count: true } : { limit: PAGE.later, cursor: pageParam };
      return call<CheckPage>('GET', '/checks', {
        query: { ...filtersOf(project, search), ...position },
        signal,
      });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    staleTime: FRESH,
  });
}
