import { useEffect, useReducer } from 'react';
import { useExactText } from '../../components/time.tsx';
import { useLanguage, useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { durationText } from '../../i18n/time.ts';

/** How long until an instant, or since, to the second while it is near. */
export function Countdown({ to }: { to: string }) {
  const t = useT();
  const language = useLanguage();
  const exact = useExactText();
  const [, tick] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, []);
  const at = Date.parse(to);
  const seconds = Math.round((at - Date.now()) / 1_000);
  const length = durationText(Math.max(Math.abs(seconds), 1), language);
  return (
    <time dateTime={to} title={exact(at)}>
      {t(seconds >= 0 ? messages.ahead : messages.past, { length })}
    </time>
  );
}

const messages = defineMessages({
  ahead: { en: 'in {length}', fr: 'dans {length}' },
  past: { en: '{length} ago', fr: 'il y a {length}' },
});
