/** Up to this power of ten every whole power is a double, so that dividing by it rounds once. */
const MOST_DECIMALS = 15;

const POWERS = Float64Array.from({ length: MOST_DECIMALS + 1 }, (_, exponent) => 10 ** exponent);

/** Below this whole numbers have exact differences, and these as well: numbers are written up to 2^52. */
const MOST = 2 ** 50;

/** The power of ten with so many zeros. */
export function powerOfTen(decimals: number): number {
  return POWERS[decimals] ?? 1;
}

/**
 * Whether a float is a whole number over a power of ten, and comes back from it the same. Minus zero, which comes back
 * as zero, is not, nor is what is not finite.
 * @returns the whole number, or undefined.
 */
export function scaled(value: number, power: number): number | undefined {
  const whole = Math.round(value * power);
  if (whole / power !== value || Math.abs(whole) >= MOST) return undefined;
  return whole === 0 && Object.is(value, -0) ? undefined : whole;
}

/**
 * The fewest decimals under which all values are whole, up to some odd ones.
 * @param oddOnes how many may not be.
 * @returns undefined when more decimals than doubles have would be needed.
 */
export function fewestDecimals(values: Float64Array, count: number, oddOnes: number): number | undefined {
  for (let decimals = 0; decimals <= MOST_DECIMALS; decimals++) {
    const power = powerOfTen(decimals);
    let odd = 0;
    for (let at = 0; at < count && odd <= oddOnes; at++)
      if (scaled(values[at] ?? 0, power) === undefined) odd += 1;
    if (odd <= oddOnes) return decimals;
  }
  return undefined;
}
