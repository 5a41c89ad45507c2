import { queryOptions } from '@tanstack/react-query';
import type { Summary } from '@vigie/contract';
import { call } from './client.ts';

/** How much of what a project has, and its tags. */
export function summaryQuery(project: string) {
  return queryOptions({
    queryKey: ['summary', project],
    queryFn: ({ signal }) => call<Summary>('GET', '/summary', { query: { project }, signal }),
  });
}
