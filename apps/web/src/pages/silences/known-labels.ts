import { useQuery } from '@tanstack/react-query';
import type { Alert, Page } from '@vigie/contract';
import { useMemo } from 'react';
import { call } from '../../api/client.ts';

/** The labels of what fires now, each with its values: what somebody who silences may mean. */
export function useKnownLabels(project: string): ReadonlyMap<string, ReadonlySet<string>> {
  const { data } = useQuery({
    queryKey: ['alerts', project, 'labels'],
    queryFn: ({ signal }) =>
      call<Page<Alert>>('GET', '/alerts', { query: { project, state: 'firing', limit: 200 }, signal }),
  });
  return useMemo(() => {
    const known = new Map<string, Set<string>>();
    for (const { labels } of data?.items ?? []) {
      for (const [name, value] of Object.entries(labels)) {
        known.set(name, (known.get(name) ?? new Set()).add(value));
      }
    }
    return known;
  }, [data]);
}
