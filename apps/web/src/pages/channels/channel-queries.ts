import { queryOptions } from '@tanstack/react-query';
import type { Channel, ChannelKind } from '@vigie/contract';
import { call } from '../../api/client.ts';

/** The kinds of channel, with the forms of their settings. */
export const kindsQuery = queryOptions({
  queryKey: ['channel-kinds'],
  queryFn: async ({ signal }) =>
    (await call<{ items: ChannelKind[] }>('GET', '/channel-kinds', { signal })).items,
  staleTime: Number.POSITIVE_INFINITY,
});

/** One channel as it is now. */
export function channelQuery(id: string) {
  return queryOptions({
    queryKey: ['channel', id],
    queryFn: ({ signal }) => call<Channel>('GET', `/channels/${id}`, { signal }),
  });
}
