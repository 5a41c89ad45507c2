import { useQuery } from '@tanstack/react-query';
import type { Matcher, SilencePreview as PreviewBody } from '@vigie/contract';
import { useEffect, useState } from 'react';
import { call } from '../../api/client.ts';
import { failureText } from '../../components/toast.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';

/** Milliseconds of rest in typing after which the preview is asked for. */
const REST = 300;
/** Names that are shown. */
const SHOWN = 8;

/** What a silence with these matchers would hide now. */
export function SilencePreview({ project, matchers }: { project: string; matchers: readonly Matcher[] }) {
  const t = useT();
  const rested = useRested(JSON.stringify(matchers));
  const { data, error } = useQuery({
    queryKey: ['silences', project, 'preview', rested],
    queryFn: ({ signal }) =>
      call<PreviewBody>('POST', '/silences/preview', {
        query: { project },
        body: { matchers: JSON.parse(rested) as Matcher[] },
        signal,
      }),
    enabled: matchers.length > 0,
    placeholderData: (before) => before,
  });
  if (error !== null && matchers.length > 0)
    return (
      <p className="field-error" role="alert">
        {failureText(error)}
      </p>
    );
  if (data === undefined || matchers.length === 0) return <p className="soft">{t(messages.none)}</p>;
  const { alerts, checks } = data;
  return (
    <div className="stack" role="status">
      <p>
        {t(messages.alerts, { count: alerts.count })} {t(messages.checks, { count: checks.count })}
      </p>
      <ul className="label-chips">
        {checks.items.slice(0, SHOWN).map(({ id, name }) => (
          <li key={id} className="chip" dir="auto">
            {name || id}
          </li>
        ))}
        {alerts.items
          .filter(({ labels }) => labels['check'] === undefined)
          .slice(0, SHOWN)
          .map(({ id, title }) => (
            <li key={id} className="chip" dir="auto">
              {title}
            </li>
          ))}
      </ul>
    </div>
  );
}

function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), REST);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}

const messages = defineMessages({
  none: { en: 'Give a label to see what it hides.', fr: 'Donnez une étiquette pour voir ce que cela cache.' },
  alerts: {
    en: 'Now it hides {count, plural, =0 {no alert} one {one alert} other {# alerts}}.',
    fr: 'Pour l’instant, cela cache {count, plural, =0 {aucune alerte} one {une alerte} other {# alertes}}.',
  },
  checks: {
    en: 'It would hide outages of {count, plural, =0 {no check} one {one check} other {# checks}}.',
    fr: 'Cela cacherait les pannes de {count, plural, =0 {aucun contrôle} one {un contrôle} other {# contrôles}}.',
  },
});
