import { queryOptions } from '@tanstack/react-query';
import type { Page, ProbeKind, Service, ServiceHistory } from '@vigie/contract';
import { call } from './client.ts';

/** One service as it is now; its key is that of its check, so that whatever changes one changes the other. */
export function serviceQuery(id: string) {
  return queryOptions({
    queryKey: ['check', id, 'service'],
    queryFn: ({ signal }) => call<Service>('GET', `/services/${id}`, { signal }),
  });
}

/** The service that a check is; null = it is none, which is nothing wrong. */
export function serviceOfCheckQuery(project: string, id: string) {
  return queryOptions({
    queryKey: ['check', id, 'service-if-any'],
    queryFn: async ({ signal }) => {
      const query = { project, id, brief: true };
      return (await call<Page<Service>>('GET', '/services', { query, signal })).items[0] ?? null;
    },
  });
}

/** The durations of the last runs of a service, oldest first. */
export function serviceHistoryQuery(id: string) {
  return queryOptions({
    queryKey: ['check', id, 'service-history'],
    queryFn: async ({ signal }) =>
      (await call<ServiceHistory>('GET', `/services/${id}/history`, { signal })).items,
  });
}

/** The kinds of probe, with the forms of their settings. */
export const probeKindsQuery = queryOptions({
  queryKey: ['probe-kinds'],
  queryFn: async ({ signal }) =>
    (await call<{ items: ProbeKind[] }>('GET', '/probe-kinds', { signal })).items,
  staleTime: Number.POSITIVE_INFINITY,
});
