/** Sums by step that lose nothing: what rounding takes away is kept beside them (Kahan, Neumaier). */
export class KahanSums {
  readonly #sums: Float64Array;
  readonly #lost: Float64Array;

  constructor(count: number) {
    this.#sums = new Float64Array(count);
    this.#lost = new Float64Array(count);
  }

  add(step: number, value: number): void {
    const sum = this.#sums[step] ?? 0;
    const next = sum + value;
    if (next === Infinity || next === -Infinity) this.#lost[step] = 0;
    else if (Math.abs(sum) >= Math.abs(value))
      this.#lost[step] = (this.#lost[step] ?? 0) + (sum - next + value);
    else this.#lost[step] = (this.#lost[step] ?? 0) + (value - next + sum);
    this.#sums[step] = next;
  }

  at(step: number): number {
    return (this.#sums[step] ?? 0) + (this.#lost[step] ?? 0);
  }

  /** The sum divided, as the original divides it: both parts for themselves. */
  dividedAt(step: number, divisor: number): number {
    return (this.#sums[step] ?? 0) / divisor + (this.#lost[step] ?? 0) / divisor;
  }
}
