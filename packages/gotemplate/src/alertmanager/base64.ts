import { CallError } from '../template-error.ts';
import { fromUtf8, utf8 } from '../values/utf8.ts';

/** Base64 of a text's bytes in the alphabet for URLs, filled with `=`. */
export function encodeBase64(text: string): string {
  const binary = Array.from(utf8(text), (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_');
}

/** The text that such a Base64 says. @throws {CallError} when it is none. */
export function decodeBase64(encoded: string): string {
  const text = encoded.replace(/[\r\n]/gu, '');
  const bad = /[^A-Za-z0-9_=-]/u.exec(text);
  const whole = /^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2}==|[A-Za-z0-9_-]{3}=)?$/u.test(text);
  if (!whole)
    throw new CallError(`illegal base64 data at input byte ${bad?.index ?? text.length - (text.length % 4)}`);
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return fromUtf8(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
}
