import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { sessionQuery } from '../api/session.ts';

/** Goes to the sign-in page, and forgets all that was shown; `next`: where to come back to. */
export function useLeave(): (next?: string) => Promise<void> {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useCallback(
    async (next) => {
      // The page first: it cannot stand without its reader.
      await navigate({ to: '/signin', search: next === undefined ? {} : { next } });
      client.clear();
      client.setQueryData(sessionQuery.queryKey, null);
    },
    [client, navigate],
  );
}
