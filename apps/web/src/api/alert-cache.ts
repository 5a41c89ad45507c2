import type { QueryClient } from '@tanstack/react-query';
import type { Alert, AlertStory } from '@vigie/contract';
import { patchLists } from './patch-lists.ts';

/** Changes alerts of a project wherever they are cached: in lists, and with their stories. */
export function patchAlerts(client: QueryClient, project: string, change: (alert: Alert) => Alert): void {
  patchLists(client, ['alerts', project], change);
  client.setQueriesData<AlertStory>(
    { queryKey: ['alert'], predicate: ({ queryKey }) => queryKey[2] === 'story' },
    (data) => data && { ...data, alert: change(data.alert) },
  );
}
