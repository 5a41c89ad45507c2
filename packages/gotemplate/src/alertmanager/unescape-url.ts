import { quote } from '../format/quote.ts';
import { CallError } from '../template-error.ts';
import { fromUtf8, utf8 } from '../values/utf8.ts';

/**
 * What a value in the query of a URL says: `+` is a space.
 * @throws {CallError} at a percent sign without two digits behind it.
 */
export function unescapeUrl(text: string): string {
  const bytes: number[] = [];
  for (const [piece, hex] of text.matchAll(/%([0-9a-fA-F]{2})|%[\s\S]{0,2}|\+|[^%+]+/gu)) {
    if (hex !== undefined) bytes.push(Number.parseInt(hex, 16));
    else if (piece.startsWith('%')) throw new CallError(`invalid URL escape ${quote(piece)}`);
    else for (const byte of utf8(piece === '+' ? ' ' : piece)) bytes.push(byte);
  }
  return fromUtf8(Uint8Array.from(bytes));
}
