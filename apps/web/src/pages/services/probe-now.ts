import type { ProbeRunView, Service } from '@vigie/contract';
import { useCallback } from 'react';
import { call } from '../../api/client.ts';
import { nameOf } from '../../components/check-actions.ts';
import { REASON_WORDS } from '../../components/reason-words.ts';
import { useToasts } from '../../components/toast.tsx';
import { useLanguage, useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { durationText } from '../../i18n/time.ts';

/** Probes a service now, and says in a notice what came. */
export function useProbeNow(): (service: Service) => void {
  const t = useT();
  const language = useLanguage();
  const toasts = useToasts();
  return useCallback(
    (service: Service): void => {
      const name = nameOf(service);
      const probe = async (): Promise<void> => {
        const run = await call<ProbeRunView>('POST', `/services/${service.id}/run`);
        const values = { name, took: durationText(run.duration, language) };
        if (run.reason === null) return toasts.say(t(messages.well, values));
        toasts.fail(t(messages.failed, { ...values, why: t(REASON_WORDS[run.reason]), text: run.message }));
      };
      void probe().catch(toasts.fail);
    },
    [t, language, toasts],
  );
}

const messages = defineMessages({
  well: { en: '{name} answered in {took}', fr: '{name} a répondu en {took}' },
  failed: { en: '{name}: {why} (“{text}”)', fr: '{name} : {why} (« {text} »)' },
});
