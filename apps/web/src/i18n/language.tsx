import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react';
import { type Translate, translator } from './format.ts';
import { directionOf, type Language, preferredLanguage } from './messages.ts';

interface Speech {
  language: Language;
  t: Translate;
}

const SpeechContext = createContext<Speech>({ language: 'en', t: translator('en') });

/** Says everything below it in a language; without one, in the first that the browser asks for. */
export function LanguageProvider({ language, children }: { language?: Language; children: ReactNode }) {
  const chosen = language ?? preferredLanguage(navigator.languages);
  const speech = useMemo(() => ({ language: chosen, t: translator(chosen) }), [chosen]);
  useEffect(() => {
    document.documentElement.lang = chosen;
    document.documentElement.dir = directionOf(chosen);
  }, [chosen]);
  return <SpeechContext value={speech}>{children}</SpeechContext>;
}

/** Says messages in the reader's language. */
export function useT(): Translate {
  return useContext(SpeechContext).t;
}

export function useLanguage(): Language {
  return useContext(SpeechContext).language;
}
