/** Where a number or duration ends, and which of the two it is. */
export interface Scanned {
  readonly kind: 'number' | 'duration';
  readonly end: number;
}

const NUMBER =
  /(?:0[xX]_?[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*|(?:[0-9]+(?:_[0-9]+)*(?:\.(?:[0-9]+(?:_[0-9]+)*)?)?|\.[0-9]+(?:_[0-9]+)*)(?:[eE][+-]?[0-9]+(?:_[0-9]+)*)?)(?![0-9A-Za-z_.])/uy;
/** Units in any order: what they mean together is told when the duration is read. */
const DURATION = /[0-9]+[smhdwy]s?(?:[0-9]+[smhdw]s?)*(?![0-9A-Za-z_])/uy;
/** As far as a number or a duration might have gone on. */
const NEITHER =
  /0[xX][0-9a-fA-F_]*\.?|(?:[0-9_]*\.?[0-9_]*)(?:[eE][+-]?|\.)?(?:[smhdwy]s?(?:[0-9]+[smhdw]s?)*[0-9A-Za-z_])?/uy;

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
 * has no digit beyond 7), `_` between digits, `Inf`, `NaN`.
 * @returns the reason in words when it is beyond what a float holds, or hexadecimal with more than 63 bits.
 */
export function numberValue(text: string): number | string {
  const digits = text.replaceAll('_', '');
  if (/^inf$/iu.test(digits)) return Number.POSITIVE_INFINITY;
  if (/^nan$/iu.test(digits)) return Number.NaN;
  if (/^0x/iu.test(digits)) return wholeValue(digits) ?? fault(text, 'invalid syntax');
  if (/^0[0-7]+$/u.test(digits)) return wholeValue(`0o${digits.slice(1)}`) ?? Number(digits);
  const value = Number(digits);
  return Number.isFinite(value) ? value : fault(text, 'value out of range');
}

function fault(text: string, reason: string): string {
  return `error parsing number: strconv.ParseFloat: parsing ${JSON.stringify(text)}: ${reason}`;
}

const MOST_BITS = 63n;

function wholeValue(digits: string): number | undefined {
  const value = BigInt(digits);
  return value >> MOST_BITS === 0n ? Number(value) : undefined;
}
