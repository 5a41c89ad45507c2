import { isSurrogate } from '../values/utf8.ts';

const SIMPLE: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
};
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;
const ASCII_END = 0x7f;

/** What Go calls printable: letters, marks, numbers, punctuation, symbols and the plain space. */
export function isPrintable(character: string): boolean {
  return PRINTABLE.test(character);
}

/**
 * A text between quotes with Go's escapes, as `%q` writes it.
 * @param ascii whether everything beyond ASCII is escaped (`%+q`).
 */
export function quote(text: string, ascii = false, mark: '"' | "'" = '"'): string {
  let quoted = mark;
  for (const character of text) quoted += escaped(character, ascii, mark);
  return quoted + mark;
}

function escaped(character: string, ascii: boolean, mark: string): string {
  if (character === mark) return `\\${mark}`;
  const simple = SIMPLE[character];
  if (simple !== undefined) return simple;
  const code = character.codePointAt(0) ?? 0;
  if (isSurrogate(code)) return ascii ? '\\ufffd' : '\ufffd';
  if (isPrintable(character) && (!ascii || code < ASCII_END)) return character;
  const hex = code.toString(16);
  if (code < 0x20 || code === ASCII_END) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

/** Whether a text can stand between backquotes as it is. */
export function canBackquote(text: string): boolean {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if ((code < 0x20 && code !== 9) || code === 0x60 || code === ASCII_END || code === 0xfeff) return false;
  }
  return true;
}
