import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './client.ts';

/** Tries again of what the network lost; what the server refused, it would refuse again. */
const TRIES = 3;

/** The cache of the server's answers. They stay true by the stream of changes, not by age. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      retry: (failed, error) => failed < TRIES && isPassing(error),
    },
    mutations: { retry: false },
  },
});

function isPassing(error: unknown): boolean {
  return error instanceof ApiError && (error.code === 'offline' || error.status >= 500);
}
