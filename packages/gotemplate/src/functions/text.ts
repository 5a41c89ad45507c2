import { textOf } from '../values/argument.ts';
import { GoFunction } from '../values/function.ts';
import type { GoValue } from '../values/value.ts';

/** A function of one text. */
export function ofText(make: (text: string) => GoValue): GoFunction {
  return new GoFunction({ parameters: ['string'] }, ([text]) => make(textOf(text)));
}

/** Upper case, character by character: Go does not turn one letter into two. */
export function toUpper(text: string): string {
  return mapped(text, (character) => character.toUpperCase());
}

export function toLower(text: string): string {
  return mapped(text, (character) => character.toLowerCase());
}

function mapped(text: string, change: (character: string) => string): string {
  let result = '';
  for (const character of text) {
    const changed = change(character);
    const [first = '', ...more] = changed;
    // The only small letter of two characters is that of a dotted capital I.
    result += more.length === 0 || changed.startsWith('i') ? first : character;
  }
  return result;
}

/** Marks that join letters into one word, as in `it's`. */
const JOINING = /['’.:·‧]/u;
const IN_WORD = /[\p{L}\p{M}\p{N}_]/u;
const LETTER = /\p{L}/u;
/** Letters whose capital at the start of a word is one of its own. */
const TITLE: Readonly<Record<string, string>> = { ǆ: 'ǅ', ǉ: 'ǈ', ǌ: 'ǋ', ǳ: 'ǲ', ß: 'Ss' };

/**
 * The first letter of each word in upper case.
 * @param rest whether the others stay, or become lower case.
 */
export function titleWords(text: string, rest: 'kept' | 'lower'): string {
  const characters = [...text];
  let result = '';
  let begins = true;
  for (const [index, character] of characters.entries()) {
    const inside = LETTER.test(character);
    const others = rest === 'lower' ? toLower(character) : character;
    result += inside && begins ? (TITLE[character] ?? toUpper(character)) : others;
    if (inside) begins = false;
    else if (!IN_WORD.test(character)) begins = !joined(characters, index);
  }
  return result;
}

/** Whether the mark here stands between two letters, or two digits. */
function joined(characters: readonly string[], index: number): boolean {
  const [before = ' ', mark = '', after = ' '] = [
    characters[index - 1],
    characters[index],
    characters[index + 1],
  ];
  if (!JOINING.test(mark)) return false;
  if (LETTER.test(before) && LETTER.test(after)) return true;
  return mark !== ':' && /\p{N}/u.test(before) && /\p{N}/u.test(after);
}
