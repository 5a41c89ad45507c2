/**
 * A byte that is part of no UTF-8 character stands in strings as half a surrogate pair: U+DC00 and the byte.
 * Texts with such bytes can only come from escapes (`"\xc5"`).
 */
export const STRAY_BYTE = 0xdc00;

const SHORT = new Map([
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
  ['\\', '\\\\'],
]);

/** A string as Go's `%q` writes it: in double quotes, with escapes for whatever does not show. */
export function quote(text: string): string {
  return quoted(text, '"');
}

/** A character as Go's `%q` writes a rune. */
export function quoteCharacter(character: string): string {
  return quoted(character, "'");
}

function quoted(text: string, mark: string): string {
  const plain = mark === '"' ? /^[ !#-[\]-~]*$/u : /^[ -&(-[\]-~]*$/u;
  if (plain.test(text)) return mark + text + mark;
  return mark + Array.from(text, (character) => escaped(character, mark)).join('') + mark;
}

function escaped(character: string, mark: string): string {
  if (character === mark) return `\\${mark}`;
  const short = SHORT.get(character);
  if (short !== undefined) return short;
  if (/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(character)) return character;
  const point = character.codePointAt(0) ?? 0;
  if (point >= STRAY_BYTE && point <= STRAY_BYTE + 0xff) return `\\x${hex(point - STRAY_BYTE, 2)}`;
  if (point < 0x80) return `\\x${hex(point, 2)}`;
  return point < 0x10000 ? `\\u${hex(point, 4)}` : `\\U${hex(point, 8)}`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
