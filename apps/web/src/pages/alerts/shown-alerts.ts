import { useQuery } from '@tanstack/react-query';
import type { Alert, Page } from '@vigie/contract';
import { useMemo } from 'react';
import { call } from '../../api/client.ts';
import { type List, useList } from '../../api/list.tsx';
import { type AlertsSearch, queryOf } from './search.ts';

/** Alerts fetched at once: as many as the server gives, since the gravest of them come first. */
const AT_ONCE = 500;

/** The alerts that are looked for: the newest, and in a flood the grave ones that are older than those. */
export function useShownAlerts(project: string, search: AlertsSearch): List<Alert> {
  const query = { project, limit: AT_ONCE, ...queryOf(search) };
  const list = useList<Alert>(['alerts', project], '/alerts', query);
  const grave = { ...query, severity: ['critical', 'error'] };
  const { data } = useQuery({
    queryKey: ['alerts', project, 'grave', grave],
    queryFn: ({ signal }) => call<Page<Alert>>('GET', '/alerts', { query: grave, signal }),
    enabled: list.hasMore && search.severity === undefined,
  });
  const items = useMemo(() => {
    if (data === undefined || !list.hasMore) return list.items;
    const known = new Set(list.items.map(({ id }) => id));
    return [...list.items, ...data.items.filter(({ id }) => !known.has(id))];
  }, [list.items, list.hasMore, data]);
  return { ...list, items };
}
