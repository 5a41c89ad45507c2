import { queryOptions } from '@tanstack/react-query';
import type { Channel, Check, Page, Ping } from '@vigie/contract';
import { call } from './client.ts';

/** One check as it is now. */
export function checkQuery(id: string) {
  return queryOptions({
    queryKey: ['check', id],
    queryFn: ({ signal }) => call<Check>('GET', `/checks/${id}`, { signal }),
  });
}

/** The latest pings of a check, newest first. */
export function latestPingsQuery(id: string, limit: number) {
  return queryOptions({
    queryKey: ['check', id, 'pings', limit],
    queryFn: ({ signal }) => call<Page<Ping>>('GET', `/checks/${id}/pings`, { query: { limit }, signal }),
  });
}

/** The channels of a project, as many as one page holds. */
export function channelsQuery(project: string) {
  return queryOptions({
    queryKey: ['channels', project, 'all'],
    queryFn: ({ signal }) =>
      call<Page<Channel>>('GET', '/channels', { query: { project, limit: 500 }, signal }),
  });
}
