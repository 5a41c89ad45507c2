import { addHistograms, hintOfBoth } from './arithmetic.ts';
import { CompensatedCells, compensated, roundingOf } from './compensated-cells.ts';
import { type CounterResetHint, CUSTOM_BUCKETS_SCHEMA, type Histogram } from './histogram.ts';
import { columnsOf, partsOf, sameBounds } from './parts.ts';

/** How a histogram went into a total. */
export type Addition = 'added' | 'bounds reconciled' | 'incompatible';

/**
 * The sum of many histograms: as `addHistograms` makes it of two, but with less lost to rounding, and quicker as long as
 * they have the same schema and zero bucket.
 */
export class HistogramTotal {
  #layout: Histogram;
  #positive: CompensatedCells;
  #negative: CompensatedCells;
  /** Count, sum and count of the zero bucket. */
  readonly #sums = new Float64Array(3);
  readonly #lost = new Float64Array(3);
  #hint: CounterResetHint;

  constructor(first: Histogram) {
    this.#layout = first;
    this.#hint = first.counterResetHint;
    const { positive, negative } = partsOf(first);
    this.#positive = new CompensatedCells(positive);
    this.#negative = new CompensatedCells(negative);
    this.#sums.set([first.count, first.sum, first.zeroCount]);
  }

  /** Adds one; of an incompatible one nothing. */
  add(histogram: Histogram): Addition {
    if (!this.#isAlike(histogram)) return this.#addUnlike(histogram);
    const { positive, negative } = partsOf(histogram);
    this.#positive.add(positive);
    this.#negative.add(negative);
    this.#addNumber(0, histogram.count);
    this.#addNumber(1, histogram.sum);
    this.#addNumber(2, histogram.zeroCount);
    this.#hint = hintOfBoth(this.#hint, histogram.counterResetHint);
    return 'added';
  }

  /** The total, without empty buckets. */
  get histogram(): Histogram {
    return this.dividedBy(1);
  }

  dividedBy(parts: number): Histogram {
    const [count, sum, zeroCount] = this.#sums.map((each, at) =>
      compensated(each, this.#lost[at] ?? 0, parts),
    );
    const columns = columnsOf({
      ...this.#layout,
      zeroCount: zeroCount ?? 0,
      positive: this.#positive.cells(parts),
      negative: this.#negative.cells(parts),
    });
    return { ...columns, count: count ?? 0, sum: sum ?? 0, counterResetHint: this.#hint };
  }

  #isAlike({ schema, zeroThreshold, customValues }: Histogram): boolean {
    const layout = this.#layout;
    if (schema !== layout.schema) return false;
    return schema === CUSTOM_BUCKETS_SCHEMA
      ? sameBounds({ customValues }, layout)
      : zeroThreshold === layout.zeroThreshold;
  }

  /** Goes on in the buckets that both have. */
  #addUnlike(histogram: Histogram): Addition {
    const sum = addHistograms(this.histogram, histogram);
    if (sum === null) return 'incompatible';
    const { positive, negative } = partsOf(sum.histogram);
    this.#layout = sum.histogram;
    this.#hint = sum.histogram.counterResetHint;
    this.#positive = new CompensatedCells(positive);
    this.#negative = new CompensatedCells(negative);
    this.#sums.set([sum.histogram.count, sum.histogram.sum, sum.histogram.zeroCount]);
    this.#lost.fill(0);
    return sum.boundsReconciled ? 'bounds reconciled' : 'added';
  }

  #addNumber(place: number, value: number): void {
    const sum = this.#sums[place] ?? 0;
    const next = sum + value;
    this.#lost[place] = (this.#lost[place] ?? 0) + roundingOf(sum, value, next);
    this.#sums[place] = next;
  }
}
