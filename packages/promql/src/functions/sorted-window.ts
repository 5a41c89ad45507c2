import { type RangeSeries, type Row, setFloat } from '../evaluate/columns.ts';

/** The samples of a window by size: what enters is put in its place, what leaves is taken from it. */
class SortedWindow {
  readonly #sorted: Float64Array;
  #numbers = 0;
  #nans = 0;

  constructor(most: number) {
    this.#sorted = new Float64Array(most);
  }

  get count(): number {
    return this.#numbers + this.#nans;
  }

  enter(value: number): void {
    if (Number.isNaN(value)) {
      this.#nans++;
      return;
    }
    const place = this.#placeOf(value);
    this.#sorted.copyWithin(place + 1, place, this.#numbers);
    this.#sorted[place] = value;
    this.#numbers++;
  }

  leave(value: number): void {
    if (Number.isNaN(value)) {
      this.#nans--;
      return;
    }
    const place = this.#placeOf(value);
    this.#sorted.copyWithin(place, place + 1, this.#numbers);
    this.#numbers--;
  }

  /** The value at a place in the order; NaN comes first. */
  at(place: number): number {
    return place < this.#nans ? Number.NaN : (this.#sorted[place - this.#nans] ?? Number.NaN);
  }

  /** The first place whose value is not below this one. */
  #placeOf(value: number): number {
    let low = 0;
    let high = this.#numbers;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#sorted[middle] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The quantile of each window, the quantile differing from step to step. */
export function quantileWindows(
  { samples: { values, count }, from, to }: RangeSeries,
  row: Row,
  quantiles: Float64Array,
): void {
  const window = new SortedWindow(count);
  let first = 0;
  let next = 0;
  for (let step = 0; step < from.length; step++) {
    const start = from[step] ?? 0;
    const end = to[step] ?? 0;
    if (start >= end) continue;
    for (; first < Math.min(start, next); first++) window.leave(values[first] ?? 0);
    if (first < start) {
      first = start;
      next = start;
    }
    for (; next < end; next++) window.enter(values[next] ?? 0);
    setFloat(row, step, quantileOf(window, quantiles[step] ?? 0));
  }
}

/** Between two values by a straight line. */
function quantileOf(window: SortedWindow, quantile: number): number {
  if (Number.isNaN(quantile)) return Number.NaN;
  if (quantile < 0) return Number.NEGATIVE_INFINITY;
  if (quantile > 1) return Number.POSITIVE_INFINITY;
  const rank = quantile * (window.count - 1);
  const lower = Math.floor(rank);
  const upper = Math.min(window.count - 1, lower + 1);
  const weight = rank - lower;
  return window.at(lower) * (1 - weight) + window.at(upper) * weight;
}
