import { useQueryClient } from '@tanstack/react-query';
import type { Alert, Silence } from '@vigie/contract';
import { useMemo } from 'react';
import { call } from '../../api/client.ts';
import { useToasts } from '../../components/toast.tsx';
import { useLanguage, useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { relativeText } from '../../i18n/time.ts';
import { titleOf } from './alert-words.ts';

export interface AlertActions {
  /** Says that one is at it; "undo" takes it back. */
  acknowledge(alerts: readonly Alert[], comment?: string): void;
  /** Silences exactly this alert until then; "undo" ends the silence. */
  silence(alert: Alert, until: Date): void;
}

/** What is done to alerts in one click. */
export function useAlertActions(): AlertActions {
  const t = useT();
  const language = useLanguage();
  const client = useQueryClient();
  const toasts = useToasts();
  return useMemo(() => {
    const changed = (project: string): void => {
      void client.invalidateQueries({ queryKey: ['alerts', project] });
      void client.invalidateQueries({ queryKey: ['alert'] });
    };
    const each = async (
      alerts: readonly Alert[],
      action: (alert: Alert) => Promise<unknown>,
    ): Promise<void> => {
      for (const alert of alerts) await action(alert).catch(toasts.fail);
      if (alerts[0] !== undefined) changed(alerts[0].project);
    };
    const path = ({ id }: Alert): string => `/alerts/${id}/acknowledge`;
    return {
      acknowledge(alerts, comment) {
        const open = alerts.filter(({ state, acknowledged }) => state === 'firing' && acknowledged === null);
        const [first] = open;
        if (first === undefined) return;
        const body = comment === undefined || comment === '' ? {} : { comment };
        void each(open, (alert) => call('POST', path(alert), { body })).then(() =>
          toasts.say(t(messages.acknowledged, { count: open.length, name: titleOf(first) }), {
            undo: () => void each(open, (alert) => call('DELETE', path(alert))),
          }),
        );
      },
      silence(alert, until) {
        const make = async (): Promise<void> => {
          const { id } = await call<Silence>('POST', '/silences', {
            query: { project: alert.project },
            body: {
              matchers: Object.entries(alert.labels).map(([name, value]) => ({ name, value })),
              ends_at: until.toISOString(),
              comment: t(messages.comment, { name: titleOf(alert) }),
            },
          });
          changed(alert.project);
          const end = relativeText(until.getTime(), Date.now(), language);
          toasts.say(t(messages.silenced, { name: titleOf(alert), end }), {
            undo: () =>
              void call('DELETE', `/silences/${id}`)
                .then(() => changed(alert.project))
                .catch(toasts.fail),
          });
        };
        void make().catch(toasts.fail);
      },
    };
  }, [t, language, client, toasts]);
}

const messages = defineMessages({
  acknowledged: {
    en: '{count, plural, one {You are at {name}} other {You are at # alerts}}',
    fr: '{count, plural, one {Vous prenez en charge {name}} other {Vous prenez en charge # alertes}}',
  },
  comment: { en: 'Silenced from the alert: {name}', fr: 'Silence depuis l’alerte : {name}' },
  silenced: { en: 'Silenced {name}; it ends {end}', fr: 'Silence pour {name} ; il se termine {end}' },
});
