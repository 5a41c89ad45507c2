import { REFUSED } from './attributes.ts';

const UNSAFE_VALUE = /[\0"'()/;@[\\\]`{}<>]|--/u;
const IN_STRING = /[\0\t\n\f\r"&'()+/:;<>\\{}]/gu;
const NEEDS_SPACE = /^[0-9a-fA-F \t\n\f\r]/u;

/** A value of CSS, if it can be nothing more: no text, no function, no end of a declaration. */
export function filterCss(value: string): string {
  const identifier = value.replace(/[^-\w]/gu, '').toLowerCase();
  const active = identifier.includes('expression') || identifier.includes('mozbinding');
  return UNSAFE_VALUE.test(value) || active ? REFUSED : value;
}

/** Escapes for a text between quotes in CSS. */
export function escapeCss(text: string): string {
  return text.replace(IN_STRING, (character, at: number) => {
    if (character === '\\') return '\\\\';
    const escaped = `\\${character.charCodeAt(0).toString(16)}`;
    return NEEDS_SPACE.test(text.slice(at + 1, at + 2)) ? `${escaped} ` : escaped;
  });
}
