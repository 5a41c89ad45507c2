import { useQueryClient } from '@tanstack/react-query';
import type { Alert, Page } from '@vigie/contract';
import { useCallback } from 'react';
import { call } from '../../api/client.ts';
import { useUser } from '../../api/session.ts';
import { useToasts } from '../../components/toast.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { alertsKey } from './now-data.ts';

/** Says that somebody is at an alert, shown at once; "undo" takes it back. */
export function useAcknowledge(project: string): (alert: Alert) => void {
  const t = useT();
  const client = useQueryClient();
  const toasts = useToasts();
  const user = useUser();
  return useCallback(
    (alert) => {
      const show = (acknowledged: Alert['acknowledged']): void => {
        client.setQueryData<Page<Alert>>(alertsKey(project), (page) =>
          page === undefined
            ? page
            : {
                ...page,
                items: page.items.map((one) => (one.id === alert.id ? { ...one, acknowledged } : one)),
              },
        );
      };
      const change = async (
        method: 'POST' | 'DELETE',
        acknowledged: Alert['acknowledged'],
      ): Promise<void> => {
        const before = alert.acknowledged;
        show(acknowledged);
        try {
          await call(method, `/alerts/${alert.id}/acknowledge`, method === 'POST' ? { body: {} } : {});
        } catch (error) {
          show(before);
          throw error;
        }
      };
      const by = user?.name || user?.email || '';
      void change('POST', { at: new Date().toISOString(), by })
        .then(() =>
          toasts.say(t(messages.done, { name: alert.labels['check'] ?? alert.name }), {
            undo: () => void change('DELETE', null).catch(toasts.fail),
          }),
        )
        .catch(toasts.fail);
    },
    [t, client, toasts, user, project],
  );
}

const messages = defineMessages({
  done: { en: 'Acknowledged: {name}', fr: 'Pris en charge : {name}' },
});
