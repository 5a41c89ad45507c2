import { IntlMessageFormat } from 'intl-messageformat';
import type { Language, Message } from './messages.ts';

export type Values = Readonly<Record<string, string | number>>;

/** Says a message in the reader's language. */
export type Translate = (message: Message, values?: Values) => string;

const compiled = new Map<string, IntlMessageFormat>();

/** @returns what says messages in a language. Its texts are the program's own: a broken one is a bug. */
export function translator(language: Language): Translate {
  return (message, values) => {
    const text = message[language];
    if (values === undefined && !/[{']/.test(text)) return text;
    const key = `${language} ${text}`;
    let format = compiled.get(key);
    if (format === undefined) {
      format = new IntlMessageFormat(text, language);
      compiled.set(key, format);
    }
    return String(format.format(values));
  };
}
