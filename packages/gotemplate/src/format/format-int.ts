import { type Flags, pad } from './flags.ts';
import { isPrintable, quote } from './quote.ts';

const BASES: Readonly<Record<string, number>> = { v: 10, d: 10, b: 2, o: 8, O: 8, x: 16, X: 16 };
const LAST_CODE_POINT = 0x10ffffn;

/** An int by `%v %d %b %o %O %x %X %c %q %U`; undefined for a verb that ints do not have. */
export function formatInt(value: bigint, verb: string, flags: Readonly<Flags>): string | undefined {
  const base = BASES[verb];
  if (base !== undefined) return inBase(value, base, verb, flags);
  if (verb === 'c') return pad(character(value), flags);
  if (verb === 'q') return pad(quote(character(value), flags.plus, "'"), flags);
  return verb === 'U' ? unicode(value, flags) : undefined;
}

function character(value: bigint): string {
  const valid = value >= 0n && value <= LAST_CODE_POINT && (value < 0xd800n || value > 0xdfffn);
  return String.fromCodePoint(valid ? Number(value) : 0xfffd);
}

function unicode(value: bigint, flags: Readonly<Flags>): string {
  const code = BigInt.asUintN(64, value);
  const hex = code
    .toString(16)
    .toUpperCase()
    .padStart(Math.max(4, flags.precision ?? 0), '0');
  const shown = flags.sharp && code <= LAST_CODE_POINT && isPrintable(character(code));
  const text = shown ? `U+${hex} '${character(code)}'` : `U+${hex}`;
  return pad(text, { ...flags, zero: false });
}

function inBase(value: bigint, base: number, verb: string, flags: Readonly<Flags>): string {
  if (flags.precision === 0 && value === 0n) return pad('', { ...flags, zero: false });
  const sign = signOf(value, flags);
  const digits = (value < 0n ? -value : value).toString(base).padStart(leastDigits(flags, sign), '0');
  const shown = verb === 'X' ? digits.toUpperCase() : digits;
  const text = sign + prefix(verb, shown, flags) + shown;
  return pad(text, { ...flags, zero: false });
}

function signOf(value: bigint, { plus, space }: Readonly<Flags>): string {
  if (value < 0n) return '-';
  if (plus) return '+';
  return space ? ' ' : '';
}

function leastDigits({ precision, zero, minus, width }: Readonly<Flags>, sign: string): number {
  if (precision !== undefined) return precision;
  return zero && !minus && width !== undefined ? width - sign.length : 0;
}

function prefix(verb: string, digits: string, { sharp }: Readonly<Flags>): string {
  if (verb === 'O') return sharp && !digits.startsWith('0') ? '0o0' : '0o';
  if (!sharp) return '';
  if (verb === 'b') return '0b';
  if (verb === 'o') return digits.startsWith('0') ? '' : '0';
  return verb === 'x' || verb === 'X' ? `0${verb}` : '';
}
