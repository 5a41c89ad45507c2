/** Where a number or duration ends, and which of the two it is. */
export interface Scanned {
  readonly kind: 'number' | 'duration';
  readonly end: number;
}

const NUMBER =
  /(?:0[xX]_?[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*|(?:[0-9]+(?:_[0-9]+)*(?:\.(?:[0-9]+(?:_[0-9]+)*)?)?|\.[0-9]+(?:_[0-9]+)*)(?:[eE][+-]?[0-9]+(?:_[0-9]+)*)?)(?![0-9A-Za-z_])/uy;
/** Units in any order: what they mean together is told when the duration is read. */
const DURATION = /[0-9]+[smhdwy]s?(?:[0-9]+[smhdw]s?)*(?![0-9A-Za-z_])/uy;
const NEITHER = /\.?[0-9]*[0-9A-Za-z_]?/uy;

/** What the number or duration at a place is. Undefined and where it went wrong when it is neither. */
export function scanNumber(text: string, at: number): Scanned | { kind: undefined; end: number } {
  const number = endOf(NUMBER, text, at);
  if (number !== undefined) return { kind: 'number', end: number };
  const duration = endOf(DURATION, text, at);
  if (duration !== undefined) return { kind: 'duration', end: duration };
  return { kind: undefined, end: endOf(NEITHER, text, at) ?? at + 1 };
}

function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/**
 * The value of a number as it is written: decimal, `0x` hexadecimal, octal where a whole number begins with 0 (and
 * has no digit beyond 7), `_` between digits, `Inf`, `NaN`. Undefined when it is beyond what a float holds, or has
 * more than 64 bits in a base other than ten.
 */
export function numberValue(text: string): number | undefined {
  const digits = text.replaceAll('_', '');
  if (/^inf$/iu.test(digits)) return Number.POSITIVE_INFINITY;
  if (/^nan$/iu.test(digits)) return Number.NaN;
  if (/^0x/iu.test(digits)) return wholeValue(digits);
  if (/^0[0-7]+$/u.test(digits)) return wholeValue(`0o${digits.slice(1)}`) ?? Number(digits);
  const value = Number(digits);
  return Number.isFinite(value) ? value : undefined;
}

const MOST_BITS = 63n;

function wholeValue(digits: string): number | undefined {
  const value = BigInt(digits);
  return value >> MOST_BITS === 0n ? Number(value) : undefined;
}
