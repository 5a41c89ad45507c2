const ESCAPE =
  /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|([abfnrtv\\'"]))|\\|[^\\]+/gu;
const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
const LAST_BYTE = 0xff;
const LAST_CODE_POINT = 0x10ffff;

/** The text of a literal between quotes, as Go reads it; undefined when it is none. */
export function unquote(literal: string): string | undefined {
  const quote = literal.charAt(0);
  const inside = literal.slice(1, -1);
  if (quote === '`') return inside.replaceAll('\r', '');
  if (inside.includes(quote) && !escapesAll(inside, quote)) return undefined;
  const bytes: number[] = [];
  let text = '';
  const flush = (): void => {
    if (bytes.length > 0) text += new TextDecoder().decode(Uint8Array.from(bytes.splice(0)));
  };
  for (const [piece, hex, unit, point, octal, simple] of inside.matchAll(ESCAPE)) {
    if (piece === '\\') return undefined;
    const byte = byteOf(hex, octal);
    if (byte !== undefined) {
      if (byte > LAST_BYTE) return undefined;
      bytes.push(byte);
      continue;
    }
    flush();
    const plain = plainText(piece, unit ?? point, simple, quote);
    if (plain === undefined) return undefined;
    text += plain;
  }
  flush();
  return text;
}

function escapesAll(inside: string, quote: string): boolean {
  return !inside.replaceAll(/\\[\s\S]/gu, '').includes(quote);
}

function byteOf(hex: string | undefined, octal: string | undefined): number | undefined {
  if (hex !== undefined) return Number.parseInt(hex, 16);
  return octal === undefined ? undefined : Number.parseInt(octal, 8);
}

function plainText(
  piece: string,
  point: string | undefined,
  simple: string | undefined,
  quote: string,
): string | undefined {
  if (point !== undefined) {
    const code = Number.parseInt(point, 16);
    const valid = code <= LAST_CODE_POINT && (code < 0xd800 || code > 0xdfff);
    return valid ? String.fromCodePoint(code) : undefined;
  }
  if (simple === undefined) return piece;
  // The other kind of quote needs no escape, and may have none.
  if ((simple === '"' || simple === "'") && simple !== quote) return undefined;
  return SIMPLE[simple] ?? simple;
}
