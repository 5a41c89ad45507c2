import { useQueryClient } from '@tanstack/react-query';
import type { Silence } from '@vigie/contract';
import { useCallback } from 'react';
import { call } from '../../api/client.ts';
import { useToasts } from '../../components/toast.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';

/** Ends a silence now; "undo" makes the same again. */
export function useExpire(): (silence: Silence) => void {
  const t = useT();
  const client = useQueryClient();
  const toasts = useToasts();
  return useCallback(
    (silence) => {
      const { id, project, matchers, starts_at, ends_at, comment, state } = silence;
      const changed = async (): Promise<void> => {
        await client.invalidateQueries({ queryKey: ['silences', project] });
        await client.invalidateQueries({ queryKey: ['silence', id] });
      };
      const again = async (): Promise<void> => {
        // One that had not begun begins when it was to.
        const start = state === 'pending' ? { starts_at } : {};
        const body = { matchers, ...start, ends_at, comment, confirm: true };
        await call('POST', '/silences', { query: { project }, body });
        await changed();
      };
      const end = async (): Promise<void> => {
        await call('DELETE', `/silences/${id}`);
        await changed();
        toasts.say(t(state === 'pending' ? messages.dropped : messages.ended), {
          undo: () => void again().catch(toasts.fail),
        });
      };
      void end().catch(toasts.fail);
    },
    [t, client, toasts],
  );
}

const messages = defineMessages({
  dropped: { en: 'The silence will not begin', fr: 'Le silence ne débutera pas' },
  ended: {
    en: 'The silence is over: what it held back is told now',
    fr: 'Le silence est terminé : ce qu’il retenait est annoncé maintenant',
  },
});
