import { type InfiniteData, type QueryKey, useInfiniteQuery } from '@tanstack/react-query';
import type { Page } from '@vigie/contract';
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { Button } from '../components/button.tsx';
import { Problem, Skeleton } from '../components/page.tsx';
import { useT } from '../i18n/language.tsx';
import { defineMessages } from '../i18n/messages.ts';
import { call, type Query } from './client.ts';

/** A list that is fetched page by page. */
export interface List<T> {
  /** What has come so far. */
  items: readonly T[];
  isPending: boolean;
  error: unknown;
  hasMore: boolean;
  isFetchingMore: boolean;
  more(): void;
  retry(): void;
}

/** Fetches a list of the native API by its cursors. */
export function useList<T>(queryKey: QueryKey, path: string, query: Query = {}): List<T> {
  const result = useInfiniteQuery<Page<T>, Error, InfiniteData<Page<T>>, QueryKey, string | undefined>({
    queryKey: [...queryKey, query],
    queryFn: ({ pageParam, signal }) =>
      call<Page<T>>('GET', path, { query: { ...query, cursor: pageParam }, signal }),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const { data } = result;
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  return {
    items,
    isPending: result.isPending,
    error: result.error,
    hasMore: result.hasNextPage,
    isFetchingMore: result.isFetchingNextPage,
    more: () => void result.fetchNextPage(),
    retry: () => void result.refetch(),
  };
}

/** Whether a list has come, and has nothing in it. */
export function isEmptyList({ isPending, error, items }: List<unknown>): boolean {
  return !isPending && error === null && items.length === 0;
}

interface ListEndProps {
  list: List<unknown>;
  /** What stands in place of a list that has nothing in it. */
  empty?: ReactNode;
}

/** What stands below a list: that it is coming, why it is not, that it is empty, and the way to more of it. */
export function ListEnd({ list, empty = null }: ListEndProps) {
  const t = useT();
  if (list.error !== null) return <Problem error={list.error} retry={list.retry} />;
  if (list.isPending) return <Skeleton />;
  if (isEmptyList(list)) return empty;
  if (!list.hasMore) return null;
  return (
    <div className="row">
      <Button onClick={list.more} busy={list.isFetchingMore}>
        {t(messages.more)}
      </Button>
    </div>
  );
}

const messages = defineMessages({
  more: { en: 'Show more', fr: 'Afficher la suite' },
});
