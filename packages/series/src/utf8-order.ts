/** The first code unit that UTF-16 orders otherwise than UTF-8 does: surrogates stand for what comes last. */
const FIRST_SURROGATE = 0xd800;

/**
 * Orders two strings by their UTF-8 bytes, as every label set is ordered.
 * @returns below, at or above zero.
 */
export function compareUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** Moves the surrogates behind U+E000 to U+FFFF, where the characters they stand for belong. */
function rank(unit: number): number {
  if (unit < FIRST_SURROGATE) return unit;
  return unit >= 0xe000 ? unit - 0x0800 : unit + 0x2000;
}
