import type { Span } from './ast.ts';
import { quoteCharacter, STRAY_BYTE } from './quote.ts';

/** Refuses a text: the caller knows how. */
export type Refuse = (reason: string, span: Span) => never;

const NAMED_ESCAPES = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\\', '\\'],
]);

/** Escapes by number: how many digits of which base, and the greatest value. Octal ones begin with a digit itself. */
const NUMBER_ESCAPES = new Map([
  ['x', { digits: 2, base: 16, most: 0xff, byte: true }],
  ['u', { digits: 4, base: 16, most: 0x10ffff, byte: false }],
  ['U', { digits: 8, base: 16, most: 0x10ffff, byte: false }],
]);
const OCTAL = { digits: 3, base: 8, most: 0xff, byte: true };

/** Where the string literal that begins at `start` ends, its closing mark taken in. */
export function endOfString(text: string, start: number, refuse: Refuse): number {
  const mark = text.charAt(start);
  if (mark === '`') return endOfRawString(text, start, refuse);
  let at = start + 1;
  for (;;) {
    const character = text.charAt(at);
    if (character === mark) return at + 1;
    if (character === '' || character === '\n') {
      return refuse('unterminated quoted string', { start, end: at });
    }
    at = character === '\\' ? readEscape(text, at + 1, mark, start, refuse).end : at + 1;
  }
}

function endOfRawString(text: string, start: number, refuse: Refuse): number {
  const end = text.indexOf('`', start + 1);
  if (end === -1) return refuse('unterminated raw string', { start, end: text.length });
  return end + 1;
}

/** What a string literal, marks and all, stands for. It has been gone through by `endOfString`. */
export function decodeString(literal: string): string {
  const mark = literal.charAt(0);
  if (mark === '`' || !literal.includes('\\')) return literal.slice(1, -1);
  const parts: Part[] = [];
  let at = 1;
  while (at < literal.length - 1) {
    if (literal.charAt(at) === '\\') {
      const { part, end } = readEscape(literal, at + 1, mark, 0, impossible);
      parts.push(part);
      at = end;
    } else {
      const next = literal.indexOf('\\', at);
      const end = next === -1 ? literal.length - 1 : next;
      parts.push(literal.slice(at, end));
      at = end;
    }
  }
  return joined(parts);
}

/** Text, or a byte of what may be text. */
type Part = string | number;

function readEscape(
  text: string,
  at: number,
  mark: string,
  start: number,
  refuse: Refuse,
): { part: Part; end: number } {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  if (at >= text.length) return refuse('escape sequence not terminated', { start, end: at });
  if (character === mark) return { part: character, end: at + 1 };
  const named = NAMED_ESCAPES.get(character);
  if (named !== undefined) return { part: named, end: at + 1 };
  const octal = /^[0-7]$/u.test(character);
  const form = octal ? OCTAL : NUMBER_ESCAPES.get(character);
  if (form === undefined) {
    return refuse(`unknown escape sequence ${pointText(character)}`, { start, end: at + 1 });
  }
  const from = octal ? at : at + 1;
  let value = 0;
  for (let digit = 0; digit < form.digits; digit++) {
    value = value * form.base + readDigit(text, from + digit, form.base, start, refuse);
  }
  if (value > form.most || (value >= 0xd800 && value < 0xe000)) {
    return refuse('escape sequence is an invalid Unicode code point', { start, end: from + form.digits });
  }
  return { part: form.byte ? value : String.fromCodePoint(value), end: from + form.digits };
}

function readDigit(text: string, at: number, base: number, start: number, refuse: Refuse): number {
  if (at >= text.length) return refuse('escape sequence not terminated', { start, end: at });
  const value = Number.parseInt(text.charAt(at), base);
  if (!Number.isNaN(value)) return value;
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  return refuse(`illegal character ${pointText(character)} in escape sequence`, { start, end: at + 1 });
}

/** A character as Go's `%#U` writes it. */
function pointText(character: string): string {
  const point = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(character) ? `U+${point} '${character}'` : `U+${point}`;
}

function joined(parts: readonly Part[]): string {
  if (!parts.some((part) => typeof part === 'number' && part >= 0x80)) {
    return parts.map((part) => (typeof part === 'number' ? String.fromCharCode(part) : part)).join('');
  }
  const encoder = new TextEncoder();
  const bytes = parts.flatMap((part) => (typeof part === 'number' ? [part] : [...encoder.encode(part)]));
  return fromBytes(bytes);
}

/** Text of bytes that need not be UTF-8: those that are not stand as `STRAY_BYTE` and the byte. */
function fromBytes(bytes: readonly number[]): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length = characterLength(bytes, at);
    text +=
      length === 0
        ? String.fromCharCode(STRAY_BYTE + (bytes[at] ?? 0))
        : new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes.slice(at, at + length)));
    at += Math.max(length, 1);
  }
  return text;
}

/** The number of bytes of the UTF-8 character at a place, 0 when there is none. */
function characterLength(bytes: readonly number[], at: number): number {
  for (let length = 1; length <= 4; length++) {
    if (isCharacter(Uint8Array.from(bytes.slice(at, at + length)), length)) return length;
  }
  return 0;
}

function isCharacter(bytes: Uint8Array, length: number): boolean {
  if (bytes.length < length) return false;
  try {
    return Array.from(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)).length === 1;
  } catch {
    return false;
  }
}

function impossible(reason: string): never {
  throw new Error(`a string literal that was read is refused: ${reason}`);
}

/** A character as messages name one; the end of a text is named as what stands for no character. */
export function characterAt(text: string, at: number): string {
  return quoteCharacter(String.fromCodePoint(text.codePointAt(at) ?? 0xfffd));
}
