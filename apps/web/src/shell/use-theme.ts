import { useQueryClient } from '@tanstack/react-query';
import type { IdentityBody, User } from '@vigie/contract';
import { useCallback, useEffect } from 'react';
import { call } from '../api/client.ts';
import { sessionQuery, useUser } from '../api/session.ts';
import { useToasts } from '../components/toast.tsx';
import { applyTheme, type Theme, theme } from './theme.ts';

/** Shows the pages in the theme that the reader chose, here or elsewhere. */
export function useOwnTheme(): void {
  const own = useUser()?.theme;
  useEffect(() => {
    if (own !== undefined && own !== theme()) applyTheme(own);
  }, [own]);
}

/** Chooses a theme: at once, and for the reader's other browsers. */
export function useChooseTheme(): (next: Theme) => void {
  const client = useQueryClient();
  const toasts = useToasts();
  const user = useUser();
  return useCallback(
    (next) => {
      applyTheme(next);
      if (user === null) return;
      call<User>('PATCH', '/me', { body: { theme: next } })
        .then((changed) =>
          client.setQueryData<IdentityBody | null>(sessionQuery.queryKey, (before) =>
            before === null || before === undefined ? before : { ...before, user: changed },
          ),
        )
        .catch(toasts.fail);
    },
    [client, toasts, user],
  );
}
