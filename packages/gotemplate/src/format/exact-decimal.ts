const FRACTION_BITS = 52n;
const BIAS = 1075;

/** The digits of a positive number and the power of ten of the point before them: 0.digits × 10^point. */
export interface Digits {
  readonly digits: string;
  readonly point: number;
}

/** A finite positive float as a fraction of whole numbers. */
function fraction(value: number): { top: bigint; bottom: bigint } {
  const bits = new BigUint64Array(Float64Array.of(value).buffer)[0] ?? 0n;
  const biased = Number((bits >> FRACTION_BITS) & 0x7ffn);
  const stored = bits & ((1n << FRACTION_BITS) - 1n);
  const mantissa = biased === 0 ? stored : stored | (1n << FRACTION_BITS);
  const power = (biased === 0 ? 1 : biased) - BIAS;
  return power >= 0
    ? { top: mantissa << BigInt(power), bottom: 1n }
    : { top: mantissa, bottom: 1n << BigInt(-power) };
}

/** Divides to a whole number; a half goes to the even neighbour, as Go rounds what JavaScript rounds up. */
function roundHalfEven(top: bigint, bottom: bigint): bigint {
  const quotient = top / bottom;
  const twice = (top % bottom) * 2n;
  const up = twice > bottom || (twice === bottom && quotient % 2n === 1n);
  return up ? quotient + 1n : quotient;
}

/** A finite, not negative float with so many decimals, exactly rounded. */
export function toDecimals(value: number, decimals: number): string {
  const { top, bottom } = fraction(value);
  // No float has more decimals than this: the rest are zeros.
  const exact = Math.min(decimals, 1100);
  const scaled = roundHalfEven(top * 10n ** BigInt(exact), bottom)
    .toString()
    .padStart(exact + 1, '0');
  const whole = scaled.slice(0, scaled.length - exact);
  if (decimals === 0) return whole;
  return `${whole}.${scaled.slice(scaled.length - exact)}${'0'.repeat(decimals - exact)}`;
}

/** A finite positive float with so many significant digits, exactly rounded. */
export function toSignificant(value: number, count: number): Digits {
  const exact = Math.min(count, 1100);
  const { top, bottom } = fraction(value);
  let point = Math.floor(Math.log10(value)) + 1;
  let rounded = scale(top, bottom, exact - point);
  const limit = 10n ** BigInt(exact);
  // The logarithm may be one off, and rounding may add a digit.
  if (rounded >= limit) {
    point++;
    rounded = scale(top, bottom, exact - point);
  } else if (rounded < limit / 10n) {
    point--;
    rounded = scale(top, bottom, exact - point);
    if (rounded >= limit) return { digits: `1${'0'.repeat(count - 1)}`, point: point + 1 };
  }
  return { digits: rounded.toString() + '0'.repeat(count - exact), point };
}

function scale(top: bigint, bottom: bigint, power: number): bigint {
  return power >= 0
    ? roundHalfEven(top * 10n ** BigInt(power), bottom)
    : roundHalfEven(top, bottom * 10n ** BigInt(-power));
}

/** The shortest digits that read back as the same float. */
export function shortest(value: number): Digits {
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  return { digits: mantissa.replace('.', ''), point: Number(exponent) + 1 };
}
