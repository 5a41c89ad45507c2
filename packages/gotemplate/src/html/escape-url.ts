import { utf8 } from '../values/utf8.ts';
import { REFUSED } from './attributes.ts';

const UNRESERVED = /[A-Za-z0-9\-._~]/u;
const RESERVED = /[!#$&*+,/:;=?@[\]]/u;
const SCHEMES = ['http', 'https', 'mailto'];
const HEX_BYTE = /^%[0-9a-fA-F]{2}/u;

/** Whether an address leads nowhere but to the web or to mail. */
export function isSafeUrl(url: string): boolean {
  const colon = url.indexOf(':');
  const scheme = url.slice(0, Math.max(colon, 0));
  return colon === -1 || scheme.includes('/') || SCHEMES.includes(scheme.toLowerCase());
}

/** Refuses an address of another scheme. */
export function filterUrl(url: string): string {
  return isSafeUrl(url) ? url : `#${REFUSED}`;
}

/** Escapes what cannot stand in an address; what it is made of stays. */
export function normalizeUrl(url: string): string {
  return encode(url, true);
}

/** Escapes for one part of an address, such as a value in its query. */
export function escapeUrl(url: string): string {
  return encode(url, false);
}

function encode(url: string, keepsReserved: boolean): string {
  let encoded = '';
  let at = 0;
  for (const character of url) {
    const reserved = RESERVED.test(character) || (character === '%' && HEX_BYTE.test(url.slice(at, at + 3)));
    at += character.length;
    if (UNRESERVED.test(character) || (keepsReserved && reserved)) encoded += character;
    else for (const byte of utf8(character)) encoded += `%${byte.toString(16).padStart(2, '0')}`;
  }
  return encoded;
}

/** The addresses of a `srcset` with what they say of themselves; an unsafe one is refused. */
export function filterSrcset(set: string): string {
  return set
    .split(',')
    .map((candidate) => {
      const [, before = '', url = '', about = ''] = /^(\s*)(\S*)([\s\S]*)$/u.exec(candidate) ?? [];
      const plain = isSafeUrl(url) && /^[\sA-Za-z0-9]*$/u.test(about);
      return plain ? before + normalizeUrl(url).replaceAll(',', '%2c') + about : `#${REFUSED}`;
    })
    .join(',');
}
