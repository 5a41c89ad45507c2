import { useQueryClient } from '@tanstack/react-query';
import type { Alert, Silence } from '@vigie/contract';
import { useCallback } from 'react';
import { call } from '../../api/client.ts';
import { useToasts } from '../../components/toast.tsx';
import { useLanguage, useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { relativeText } from '../../i18n/time.ts';
import { matchersOfAlert } from './alert-matchers.ts';
import { titleOf } from './alert-words.ts';

/** Silences exactly one alert until then; "undo" ends the silence. */
export function useSilenceAlert(): (alert: Alert, until: Date) => void {
  const t = useT();
  const language = useLanguage();
  const client = useQueryClient();
  const toasts = useToasts();
  return useCallback(
    (alert, until) => {
      const { project } = alert;
      const changed = (): void => {
        for (const list of ['alerts', 'silences']) {
          void client.invalidateQueries({ queryKey: [list, project] });
        }
        void client.invalidateQueries({ queryKey: ['alert'] });
      };
      const end = async (id: string): Promise<void> => {
        await call('DELETE', `/silences/${id}`);
        changed();
      };
      const make = async (): Promise<void> => {
        const { id } = await call<Silence>('POST', '/silences', {
          query: { project },
          body: {
            matchers: matchersOfAlert(alert),
            ends_at: until.toISOString(),
            comment: t(messages.comment, { name: titleOf(alert) }).slice(0, COMMENT),
          },
        });
        changed();
        const ending = relativeText(until.getTime() + ROUNDING, Date.now(), language);
        toasts.say(t(messages.silenced, { name: titleOf(alert), end: ending }), {
          undo: () => void end(id).catch(toasts.fail),
        });
      };
      void make().catch(toasts.fail);
    },
    [t, language, client, toasts],
  );
}

/** Milliseconds that keep an hour from being said as 59 minutes, when the answer has taken a moment. */
const ROUNDING = 30_000;
/** Characters of a silence's comment. */
const COMMENT = 4_000;

const messages = defineMessages({
  comment: { en: 'Silenced from the alert: {name}', fr: 'Silence depuis l’alerte : {name}' },
  silenced: { en: 'Silenced {name}; it ends {end}', fr: 'Silence pour {name} ; il se termine {end}' },
});
