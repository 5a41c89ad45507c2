const ENCODER = new TextEncoder();
const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });

/** The bytes that Go's string of this text would hold. */
export function utf8(text: string): Uint8Array {
  return ENCODER.encode(text);
}

/** The text of some bytes; bytes that are no UTF-8 become U+FFFD. */
export function fromUtf8(bytes: Uint8Array): string {
  return DECODER.decode(bytes);
}

/** How many bytes a text takes as UTF-8. */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    if (unit < 0x800) length += 1;
    else if (unit < 0xd800 || unit > 0xdbff || at + 1 === text.length) length += 2;
    else {
      const next = text.charCodeAt(at + 1);
      const pair = next >= 0xdc00 && next <= 0xdfff;
      length += 2;
      if (pair) at++;
    }
  }
  return length;
}

/** Whether `unit` is half of a pair or a character that Go would not find in valid UTF-8. */
export function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff;
}

/** Orders texts by their bytes, as Go compares strings. */
export function compareBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** Surrogates stand for characters behind U+FFFF. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit >= 0xe000 ? unit - 0x0800 : unit + 0x2000;
}
