import { IntlMessageFormat } from 'intl-messageformat';
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

/** @returns what says messages in a language. Its texts are the program's own: a broken one is a bug. */
export function translator(language: Language): Translate {
  return (message, values) => {
    const text = language === 'fr' ? tied(message.fr) : message[language];
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
