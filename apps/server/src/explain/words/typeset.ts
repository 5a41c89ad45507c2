import type { Language } from '../../notify/texts/texts.ts';

/** As a language is set: in French no line begins with a double sign. */
export function typeset(text: string, language: Language): string {
  if (language !== 'fr') return text;
  return text.replace(/ ([;:!?»])/g, '\u00a0$1').replaceAll('« ', '«\u00a0');
}
