/** All services of a project, kept true one by one. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Page, Service } from '@vigie/contract';
import { useEffect, useMemo, useRef } from 'react';
import { call } from '../../api/client.ts';
import { FOLLOWED_AT_ONCE, followChecks } from '../../api/follow-checks.ts';
import { usePendingVerbs } from '../../components/pending-changes.ts';
import { renewed } from './grouping.ts';
import { pendingService } from './pending-service.ts';

/** Services of one answer: as many as the server gives. */
const PAGE = 500;
/** Services that the list holds; whoever has more searches among the checks. */
const MOST = 10_000;
/** Milliseconds for which a list is good enough for who comes to it; changes arrive service by service. */
const FRESH = 5_000;

export interface ServiceList {
  /** As they are shown; undefined = not known yet. */
  services: readonly Service[] | undefined;
  error: unknown;
  retry(): void;
}

async function fetchAll(project: string, signal: AbortSignal): Promise<Service[]> {
  const all: Service[] = [];
  let cursor: string | undefined;
  do {
    const query = { project, brief: true, limit: PAGE, cursor };
    const { items, next } = await call<Page<Service>>('GET', '/services', { query, signal });
    all.push(...items);
    cursor = next ?? undefined;
  } while (cursor !== undefined && all.length < MOST);
  return all;
}

/** Its key is its own: changes do not make it stale, they are put into it. */
function listKey(project: string): string[] {
  return ['service-list', project];
}

export function useServiceList(project: string): ServiceList {
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: listKey(project),
    queryFn: ({ signal }) => fetchAll(project, signal),
    staleTime: FRESH,
  });
  const list = useRef<readonly Service[]>([]);
  list.current = data ?? [];
  useEffect(
    () =>
      followChecks(project, list, async (ids) => {
        const query = { project, brief: true, id: ids, limit: FOLLOWED_AT_ONCE };
        const { items } = await call<Page<Service>>('GET', '/services', { query });
        client.setQueryData<Service[]>(listKey(project), (known) => known && renewed(known, ids, items));
      }),
    [client, project],
  );
  const verbsOf = usePendingVerbs();
  const services = useMemo(
    () => data?.flatMap((one) => pendingService(one, verbsOf(one.id)) ?? []),
    [data, verbsOf],
  );
  return { services, error, retry: () => void refetch() };
}
