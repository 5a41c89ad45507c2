import { type Digits, shortest, toDecimals, toSignificant } from './exact-decimal.ts';

/** Below this exponent the shortest form has one. */
const LEAST_PLAIN_EXPONENT = -4;
/** From this exponent on the shortest form has one, however many digits it has. */
const SHORTEST_PRECISION = 6;

/** The forms of Go's `strconv.FormatFloat` that templates can ask for. */
export type FloatForm = 'e' | 'f' | 'g';

/**
 * A float as Go formats it, with the sign only where it is negative; `NaN`, `+Inf`, `-Inf`.
 * @param precision decimals, for `g` significant digits; undefined: the fewest digits that read back the same.
 */
export function floatText(value: number, form: FloatForm = 'g', precision?: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  return sign + positive(Math.abs(value), form, precision);
}

function positive(value: number, form: FloatForm, precision: number | undefined): string {
  if (form === 'f') return precision === undefined ? plain(digitsOf(value)) : toDecimals(value, precision);
  if (form === 'e') return exponential(digitsOf(value, precision === undefined ? undefined : precision + 1));
  return general(value, precision);
}

function digitsOf(value: number, count?: number): Digits {
  if (value === 0) return { digits: '0'.repeat(count ?? 1), point: 1 };
  return count === undefined ? shortest(value) : toSignificant(value, count);
}

function general(value: number, precision: number | undefined): string {
  const count = precision === 0 ? 1 : precision;
  const found = digitsOf(value, count);
  const digits = found.digits.replace(/0+$/u, '') || '0';
  const short = { digits, point: found.point };
  const exponent = value === 0 ? 0 : found.point - 1;
  if (exponent < LEAST_PLAIN_EXPONENT || exponent >= exponentLimit(short, count)) return exponential(short);
  return plain(short);
}

function exponentLimit({ digits, point }: Digits, count: number | undefined): number {
  if (count === undefined) return SHORTEST_PRECISION;
  return count > digits.length && digits.length >= point ? digits.length : count;
}

function exponential({ digits, point }: Digits): string {
  const exponent = digits.startsWith('0') ? 0 : point - 1;
  const rest = digits.length > 1 ? `.${digits.slice(1)}` : '';
  const power = String(Math.abs(exponent)).padStart(2, '0');
  return `${digits.charAt(0)}${rest}e${exponent < 0 ? '-' : '+'}${power}`;
}

function plain({ digits, point }: Digits): string {
  if (point <= 0) return `0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return digits + '0'.repeat(point - digits.length);
  return `${digits.slice(0, point)}.${digits.slice(point)}`;
}
