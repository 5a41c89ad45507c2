import { DeliveryError } from '../../failure.ts';

/**
 * The placeholders of Healthchecks' webhooks. One pass from the left: what was put in is not looked at again,
 * and of the names that fit at a `$` the first in order wins, by prefix. So `$TAG10` is `$TAG1` and a 0, as
 * there; unknown names stay as they are.
 */
export type Values = readonly (readonly [name: string, value: string])[];

/** How a value is written into its place. */
export type Encode = (value: string) => string;

/**
 * The template with each placeholder replaced by its encoded value.
 * @throws DeliveryError when that takes more than `most` characters: two hundred times `$BODY` is 50 MB.
 */
export function fillIn(template: string, values: Values, encode: Encode, most: number): string {
  let filled = '';
  let rest = template;
  for (let at = rest.indexOf('$'); at !== -1; at = rest.indexOf('$')) {
    const tail = rest.slice(at);
    const found = values.find(([name]) => tail.startsWith(name));
    filled += rest.slice(0, at) + (found === undefined ? '$' : encode(found[1]));
    if (filled.length > most) {
      const message = `with its placeholders filled in, a part of the call is longer than ${most} characters`;
      throw new DeliveryError(message, { retryable: false });
    }
    rest = tail.slice(found === undefined ? 1 : found[0].length);
  }
  return filled + rest;
}

/** Whether the template may need this value. */
export function mentions(template: string, name: string): boolean {
  return template.includes(name);
}

export const asIs: Encode = (value) => value;

/** Percent-encoded but for letters, digits, `_.-~` and `/`. */
export const inUrl: Encode = (value) =>
  encodeURIComponent(value.toWellFormed())
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%2F', '/');

/** What Latin-1 has not is written as `&#1234;`; a line end would begin a header of its own. */
export const inHeader: Encode = (value) =>
  [...value]
    .map((character) => {
      const code = character.codePointAt(0) ?? 0;
      if (code > 0xff) return `&#${code};`;
      return code < 0x20 || code === 0x7f ? ' ' : character;
    })
    .join('');
