import { useEffect, useReducer } from 'react';
import { useLanguage } from '../i18n/language.tsx';
import { CLOCK, durationText, instantText, relativeText, relativeTick } from '../i18n/time.ts';

/** Renders again when what it says about an instant changes. */
function useNowFor(at: number): number {
  const [, tick] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const plan = (): void => {
      timer = setTimeout(
        () => {
          tick();
          plan();
        },
        relativeTick(at, Date.now()),
      );
    };
    plan();
    return () => clearTimeout(timer);
  }, [at]);
  return Date.now();
}

/** The same instant in the reader's zone and in UTC. */
export function useExactText(): (at: number) => string {
  const language = useLanguage();
  return (at) => `${instantText(at, language)}\n${instantText(at, language, 'UTC')}`;
}

/** How long ago or in how long, with the exact times on hover. */
export function Ago({ at }: { at: string }) {
  const exact = useExactText();
  const language = useLanguage();
  const instant = Date.parse(at);
  const now = useNowFor(instant);
  return (
    <time dateTime={at} title={exact(instant)}>
      {relativeText(instant, now, language)}
    </time>
  );
}

/** An exact instant in the reader's zone, with UTC on hover. */
export function Instant({ at }: { at: string }) {
  const exact = useExactText();
  const language = useLanguage();
  const instant = Date.parse(at);
  const text = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    ...CLOCK,
  }).format(instant);
  return (
    <time dateTime={at} title={exact(instant)}>
      {text}
    </time>
  );
}

/** From one instant to another in the reader's zone, what they share said once; with the exact ones on hover. */
export function InstantRange({ from, to }: { from: string; to: string }) {
  const exact = useExactText();
  const language = useLanguage();
  const [start, end] = [Date.parse(from), Date.parse(to)];
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', ...CLOCK });
  return <span title={`${exact(start)}\n${exact(end)}`}>{format.formatRange(start, end)}</span>;
}

/** A length of time, e.g. "2 h 5 min". */
export function Duration({ seconds }: { seconds: number }) {
  const language = useLanguage();
  return (
    <span className="number" title={durationText(seconds, language, 'long')}>
      {durationText(seconds, language)}
    </span>
  );
}
