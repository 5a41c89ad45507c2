import { type Formatters, IntlMessageFormat } from 'intl-messageformat';
import type { Language, Message } from './messages.ts';

export type Values = Readonly<Record<string, string | number>>;

/** Says a message in the reader's language. */
export type Translate = (message: Message, values?: Values) => string;

const tiedTexts = new Map<string, string>();

/** French sets spaces before its double signs, and no line may begin with one of them. */
function tied(text: string): string {
  let known = tiedTexts.get(text);
  if (known === undefined) {
    known = text.replace(/ ([;:!?»])/g, '\u00a0$1').replaceAll('« ', '«\u00a0');
    tiedTexts.set(text, known);
  }
  return known;
}

const compiled = new Map<string, IntlMessageFormat>();

/** Making a format costs a thousand times its use, and each message would make its own. */
const plurals = new Map<string, Intl.PluralRules>();
const numbers = new Map<string, Intl.NumberFormat>();
const dates = new Map<string, Intl.DateTimeFormat>();
const formatters: Formatters = {
  getPluralRules: (locales, options) =>
    kept(plurals, [locales, options], () => new Intl.PluralRules(locales, options)),
  getNumberFormat: (locales, options) =>
    kept(numbers, [locales, options], () => new Intl.NumberFormat(locales, options)),
  getDateTimeFormat: (locales, options) =>
    kept(dates, [locales, options], () => new Intl.DateTimeFormat(locales, options)),
};

// The languages are ours, and every browser has them: asking it for all that it has takes 20 ms at the first message.
IntlMessageFormat.resolveLocale = (locales) =>
  new Intl.Locale(typeof locales === 'string' ? locales : (locales[0] ?? 'en'));

/** There are only so many languages and styles. */
function kept<T>(formats: Map<string, T>, made: unknown, make: () => T): T {
  const key = JSON.stringify(made);
  let format = formats.get(key);
  if (format === undefined) {
    format = make();
    formats.set(key, format);
  }
  return format;
}

/** What is more than `{name}` to be filled in: plurals, quotes, tags. */
const RICH = /['<]|\{[^}]*[,{]/;

/** Most messages have names to fill in and no more: done without the syntax's whole machinery, as a page begins with many. */
function filledIn(text: string, values: Values): string {
  return text.replace(/\{\s*(\w+)\s*\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`BUG: a message without its ${name}`);
    return String(value);
  });
}

/** @returns what says messages in a language. Its texts are the program's own: a broken one is a bug. */
export function translator(language: Language): Translate {
  return (message, values) => {
    const text = language === 'fr' ? tied(message.fr) : message[language];
    if (values === undefined && !/[{']/.test(text)) return text;
    if (!RICH.test(text)) return filledIn(text, values ?? {});
    const key = `${language} ${text}`;
    let format = compiled.get(key);
    if (format === undefined) {
      format = new IntlMessageFormat(text, language, undefined, { formatters });
      compiled.set(key, format);
    }
    return String(format.format(values));
  };
}
