import { NO_VALUE } from '../evaluate/writer.ts';
import { sprint } from '../format/print.ts';
import { isPrintable } from '../format/quote.ts';
import type { Meter } from '../limits.ts';
import type { GoValue } from '../values/value.ts';

const HTML: Readonly<Record<string, string>> = {
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\0': '\uFFFD',
};
const JS: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '<': '\\u003C',
  '>': '\\u003E',
  '&': '\\u0026',
  '=': '\\u003D',
};

/** What `html`, `js` and `urlquery` escape: their arguments as `print` joins them; no value is told as one. */
export function joinedText(values: readonly GoValue[], meter: Meter): string {
  return sprint(
    values.map((value) => (value === undefined || value === null ? NO_VALUE : value)),
    meter,
  );
}

/** Escapes for the text and the quoted attributes of HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/["'&<>\0]/gu, (character) => HTML[character] ?? '');
}

/** Escapes for a quoted string of JavaScript. */
export function escapeJs(text: string): string {
  let escaped = '';
  for (const character of text) escaped += JS[character] ?? jsCharacter(character);
  return escaped;
}

function jsCharacter(character: string): string {
  if (isPrintable(character)) return character;
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Escapes for a value in the query of a URL: a space is `+`. */
export function escapeQuery(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replace(/[!'()*]/gu, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}
