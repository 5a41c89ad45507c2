import { ownText } from '../format/printer.ts';
import type { Meter } from '../limits.ts';
import { GoTime } from '../time/time.ts';
import { toJson } from '../values/to-json.ts';
import type { GoValue } from '../values/value.ts';

const STRING: Readonly<Record<string, string>> = {
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '/': '\\/',
  '\\': '\\\\',
};
const IN_STRING = /[\0\t\n\v\f\r"`&'+/<>\\\u2028\u2029]/gu;
const IN_TEMPLATE = /[\0\t\n\v\f\r"`&'+/<>\\\u2028\u2029${}]/gu;

/** A value as an expression of JavaScript; numbers and words keep their distance from what is beside them. */
export function jsValue(value: GoValue, meter: Meter): string {
  // A time is JSON's own text of it; others that can say what they are say it.
  const said = value instanceof GoTime ? undefined : ownText(value);
  const json = toJson(said ?? value, meter);
  return /^[\w$]|[\w$]$/u.test(json) || json.startsWith('-') ? ` ${json} ` : json;
}

function unit(character: string): string {
  return STRING[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Escapes for a string of JavaScript between quotes. */
export function escapeJsString(text: string): string {
  return text.replace(IN_STRING, unit);
}

/** Escapes for the text of a template literal. */
export function escapeJsTemplate(text: string): string {
  return text.replace(IN_TEMPLATE, unit);
}

/** Escapes for a regular expression, in which the text stands for itself. */
export function escapeJsRegexp(text: string): string {
  if (text === '') return '(?:)';
  return text
    .replace(IN_STRING, unit)
    .replace(/\\[\s\S]|[\s\S]/gu, (piece) => piece.replace(/^[()*.?[\]^{|}$-]$/u, '\\$&'));
}
