import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import type { IdentityBody, Project, User } from '@vigie/contract';
import { ApiError, call } from './client.ts';

/** Who is signed in; null = nobody. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<IdentityBody | null> => {
    try {
      return await call<IdentityBody>('GET', '/session', { signal });
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: Number.POSITIVE_INFINITY,
});

/** Whoever is signed in. Only below the shell, which lets nobody else in. */
export function useIdentity(): IdentityBody {
  const { data } = useSuspenseQuery(sessionQuery);
  if (data === null) throw new Error('BUG: a page of the shell without a session');
  return data;
}

export function useUser(): User | null {
  return useIdentity().user;
}

/** What a role may do: the server decides, the pages only leave away what it would refuse. */
const RANK = { readonly: 0, member: 1, manager: 2, owner: 3 } as const;

/** Whether somebody may do in a project what needs at least this role. An instance admin without a role may all. */
export function mayIn(project: Project, user: User | null, least: keyof typeof RANK): boolean {
  if (project.role === null) return user?.admin ?? false;
  return RANK[project.role] >= RANK[least];
}
