import { LANGUAGES, type Language } from '../../notify/texts/texts.ts';
import type { RawCall } from './define.ts';

/**
 * The language of the sentences in an answer: the one that a person who is signed in has chosen; for keys and tokens
 * the first known one of `Accept-Language`. English where nobody says.
 */
export function readerLanguage({ identity, request }: Pick<RawCall, 'identity' | 'request'>): Language {
  const chosen = identity.kind === 'session' ? identity.user.language : request.headers['accept-language'];
  return preferred(chosen ?? '');
}

/** The language that is wanted most of those that there are; of several wanted alike, the first (RFC 9110, 12.5.4). */
export function preferred(wanted: string): Language {
  let best: { language: Language; weight: number } | null = null;
  for (const range of wanted.split(',')) {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim());
    const language = LANGUAGES.find((one) => one === tag.split('-')[0]?.toLowerCase());
    const weight = weightIn(parameters);
    if (language !== undefined && weight > (best?.weight ?? 0)) best = { language, weight };
  }
  return best?.language ?? 'en';
}

/** The weight `q`, 1 unless given; 0 for what is none, as for what is not wanted. */
function weightIn(parameters: readonly string[]): number {
  const [, given] = parameters.map((one) => /^q=(.*)$/i.exec(one)).find((one) => one !== null) ?? [];
  if (given === undefined) return 1;
  return /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(given) ? Number(given) : 0;
}
