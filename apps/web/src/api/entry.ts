import { useQuery } from '@tanstack/react-query';
import type { Entry } from '@vigie/contract';
import { call } from './client.ts';

/** What everybody may know of the server, signed in or not; undefined until it has answered. */
export function useEntry(): Entry | undefined {
  const { data } = useQuery({
    queryKey: ['entry'],
    queryFn: ({ signal }) => call<Entry>('GET', '/entry', { signal }),
  });
  return data;
}
