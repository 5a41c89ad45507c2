/** The greater of two floats; NaN when one is NaN, unless the other is +Inf. Source: Go's math package. */
export function maximum(a: number, b: number): number {
  return a === Number.POSITIVE_INFINITY || b === Number.POSITIVE_INFINITY
    ? Number.POSITIVE_INFINITY
    : Math.max(a, b);
}

/** The smaller of two floats; NaN when one is NaN, unless the other is -Inf. Source: Go's math package. */
export function minimum(a: number, b: number): number {
  return a === Number.NEGATIVE_INFINITY || b === Number.NEGATIVE_INFINITY
    ? Number.NEGATIVE_INFINITY
    : Math.min(a, b);
}
