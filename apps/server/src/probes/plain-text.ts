/** Control characters but for line ends and tabs, and U+2028 and U+2029, which are line ends to some. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/g;

/**
 * Words of somebody else, as they can be stored and shown everywhere: PostgreSQL refuses a null character, and with it
 * everything else that is written in the same transaction.
 */
export function plainText(text: string): string {
  return text.toWellFormed().replace(UNPRINTABLE, '\ufffd');
}
