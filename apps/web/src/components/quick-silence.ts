/** Silences made in one click: for a while, of one check. */
import type { Check, Silence } from '@vigie/contract';
import { useCallback } from 'react';
import { call } from '../api/client.ts';
import { useLanguage, useT } from '../i18n/language.tsx';
import { defineMessages } from '../i18n/messages.ts';
import { durationText } from '../i18n/time.ts';
import { useProject } from '../shell/project.ts';
import { nameOf } from './check-actions.ts';
import { useToasts } from './toast.tsx';

/** Seconds that are offered. */
export const QUICK_SILENCES = [3_600, 14_400, 86_400] as const;

/** Silences the alerts of a check for so many seconds; "undo" ends the silence. */
export function useQuickSilence(): (check: Check, seconds: number) => void {
  const t = useT();
  const language = useLanguage();
  const { id: project } = useProject();
  const toasts = useToasts();
  return useCallback(
    (check, seconds) => {
      const name = nameOf(check);
      const make = async (): Promise<void> => {
        const { id } = await call<Silence>('POST', '/silences', {
          query: { project },
          body: {
            matchers: matchersOf(check),
            ends_at: new Date(Date.now() + seconds * 1_000).toISOString(),
            comment: t(messages.comment, { name }),
          },
        });
        const length = durationText(seconds, language, 'long');
        toasts.say(t(messages.silenced, { name, length }), {
          undo: () => void call('DELETE', `/silences/${id}`).catch(toasts.fail),
        });
      };
      void make().catch(toasts.fail);
    },
    [t, language, project, toasts],
  );
}

/** The labels by which the alerts of a check are told from others. */
export function matchersOf({ name, slug, environment }: Check): { name: string; value: string }[] {
  return [
    { name: 'check', value: name || slug || 'unnamed' },
    ...(slug === '' ? [] : [{ name: 'slug', value: slug }]),
    { name: 'environment', value: environment },
  ];
}

const messages = defineMessages({
  comment: {
    en: 'Quick silence of {name}',
    fr: 'Silence rapide de {name}',
  },
  silenced: { en: 'Silenced {name} for {length}', fr: 'Silence de {length} pour {name}' },
});
