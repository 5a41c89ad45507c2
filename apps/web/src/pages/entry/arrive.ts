import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useCallback } from 'react';
import { sessionQuery } from '../../api/session.ts';

/** Goes on to a page as whoever has just come in. */
export function useArrive(): (next?: string) => Promise<void> {
  const client = useQueryClient();
  const router = useRouter();
  return useCallback(
    async (next = '/') => {
      // Nothing of whoever was here before may be shown.
      client.clear();
      await client.fetchQuery(sessionQuery);
      router.history.push(next);
    },
    [client, router],
  );
}
