/** The languages of the pages. */
export const LANGUAGES = ['en', 'fr'] as const;

export type Language = (typeof LANGUAGES)[number];

/** Each language by its own name. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', fr: 'Français' };

/** Languages that are written from right to left; the styles follow `dir` by logical properties. */
const RIGHT_TO_LEFT: ReadonlySet<string> = new Set<string>(['ar', 'fa', 'he', 'ur']);

/** The direction in which a language is written. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(language) ? 'rtl' : 'ltr';
}

/** A text in every language, in ICU message syntax: `{count, plural, one {# check} other {# checks}}`. */
export type Message = Readonly<Record<Language, string>>;

/** A page's texts, beside the page. A missing language is a type error. */
export function defineMessages<const K extends string>(messages: Record<K, Message>): Record<K, Message> {
  return messages;
}

/** The first of the reader's languages that there is. */
export function preferredLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const found = LANGUAGES.find((language) => tag.toLowerCase().split('-')[0] === language);
    if (found !== undefined) return found;
  }
  return 'en';
}
