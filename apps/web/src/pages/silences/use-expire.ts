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
      const { id, project, matchers, ends_at, comment } = silence;
      const changed = async (): Promise<void> => {
        await client.invalidateQueries({ queryKey: ['silences', project] });
        await client.invalidateQueries({ queryKey: ['silence', id] });
      };
      const again = async (): Promise<void> => {
        const body = { matchers, ends_at, comment, confirm: true };
        await call('POST', '/silences', { query: { project }, body });
        await changed();
      };
      const end = async (): Promise<void> => {
        await call('DELETE', `/silences/${id}`);
        await changed();
        toasts.say(t(messages.ended), { undo: () => void again().catch(toasts.fail) });
      };
      void end().catch(toasts.fail);
    },
    [t, client, toasts],
  );
}

const messages = defineMessages({
  ended: {
    en: 'The silence is over: what it held back is told now',
    fr: 'Le silence est terminé : ce qu’il retenait est annoncé maintenant',
  },
});
