import type { Labels } from './model.ts';

const encoder = new TextEncoder();
/** 64-bit FNV-1a, offset basis and prime (2^40 + 0x1b3), as four 16-bit limbs and the low limb of the prime. */
const BASIS = [0x2325, 0x8422, 0x9ce4, 0xcbf2] as const;
const PRIME_LOW = 0x1b3;

/** The running hash as four 16-bit limbs, the lowest first. */
type Hash = [number, number, number, number];

function addByte(hash: Hash, byte: number): void {
  const low = hash[0] ^ byte;
  // times 2^40 + 0x1b3, modulo 2^64: the shift by 40 moves the two low limbs up by two and a half.
  const a = low * PRIME_LOW;
  const b = hash[1] * PRIME_LOW + (a >>> 16);
  const c = hash[2] * PRIME_LOW + (b >>> 16) + ((low << 8) & 0xffff);
  const d = hash[3] * PRIME_LOW + (c >>> 16) + (low >>> 8) + ((hash[1] << 8) & 0xffff);
  hash[0] = a & 0xffff;
  hash[1] = b & 0xffff;
  hash[2] = c & 0xffff;
  hash[3] = d & 0xffff;
}

function addText(hash: Hash, text: string): void {
  let i = 0;
  for (; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) break;
    addByte(hash, unit);
  }
  // Asking the encoder costs as much as hashing a short text: it gets only what follows the ASCII.
  if (i < text.length) for (const byte of encoder.encode(text.slice(i))) addByte(hash, byte);
  addByte(hash, 0xff);
}

/** The order of the bytes of UTF-8; that of JavaScript puts U+E000 to U+FFFF behind what is beyond them. */
function byCodePoints(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let i = 0; i < length; i++) {
    const difference = rankOf(one.charCodeAt(i)) - rankOf(other.charCodeAt(i));
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}

/** Halves of code points beyond U+FFFF come last. */
function rankOf(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/**
 * Alertmanager's fingerprint of a label set: 64-bit FNV-1a over `name 0xff value 0xff` of its labels in order
 * of their names, as 16 hex digits.
 */
export function fingerprint(labels: Labels): string {
  const hash: Hash = [...BASIS];
  for (const name of Object.keys(labels).sort(byCodePoints)) {
    addText(hash, name);
    addText(hash, labels[name] ?? '');
  }
  return hash
    .reverse()
    .map((limb) => limb.toString(16).padStart(4, '0'))
    .join('');
}
