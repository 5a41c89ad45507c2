/** Sentences that are stored in English, in the reader's language. */
import type { Language } from '../../notify/texts/texts.ts';
import { PHRASES } from './known-sentences.ts';

const SLOT = /\{(\w+)\}/g;
/** What one word always fills: a number, an operator. */
const ONE_WORD: ReadonlySet<string> = new Set([
  'value',
  'op',
  'limit',
  'runs',
  'count',
  'bad',
  'of',
  'tries',
]);

/** A phrase as what finds it in a text. */
const READERS = PHRASES.map((phrase) => ({ phrase, pattern: new RegExp(`^${patternOf(phrase.en)}$`, 's') }));

function patternOf(text: string): string {
  const literal = text.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
  return literal.replace(SLOT, (_, slot: string) => `(?<${slot}>${ONE_WORD.has(slot) ? '\\S+' : '.+?'})`);
}

/**
 * A stored sentence in a language. What is none of ours, as a provider's answer, stands as it is; also behind the
 * name of a host.
 */
export function worded(text: string, language: Language): string {
  if (language === 'en') return text;
  const known = phraseFor(text, language);
  if (known !== null) return known;
  const [, host = '', rest = ''] = /^(\S+): (.+)$/s.exec(text) ?? [];
  const said = phraseFor(rest, language);
  return said === null ? text : `${host} : ${said}`;
}

function phraseFor(text: string, language: Language): string | null {
  for (const { phrase, pattern } of READERS) {
    const found = pattern.exec(text);
    if (found === null) continue;
    return phrase[language].replace(SLOT, (_, slot: string) =>
      slotText(slot, found.groups?.[slot] ?? '', language),
    );
  }
  return null;
}

function slotText(slot: string, text: string, language: Language): string {
  if (slot === 'said') return worded(text, language);
  // The one unit of time that is not called the same.
  return slot === 'time' || slot === 'least' ? text.replace(/(\d) d\b/g, '$1 j') : text;
}
