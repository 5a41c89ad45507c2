import { CUSTOM_BUCKETS_SCHEMA, type Histogram, type Span } from './histogram.ts';

type Columns = Pick<
  Histogram,
  'zeroCount' | 'positiveSpans' | 'positiveBuckets' | 'negativeSpans' | 'negativeBuckets'
>;

/** The counts of a histogram by the index of their bucket, in a schema and with a zero bucket that are given. */
export class BucketCounts {
  readonly #positive = new Map<number, number>();
  readonly #negative = new Map<number, number>();
  #zero = 0;

  static of(
    histogram: Histogram,
    schema: number,
    zeroThreshold: number,
    bounds: readonly number[],
  ): BucketCounts {
    const counts = new BucketCounts();
    counts.#zero = histogram.zeroCount;
    const custom = schema === CUSTOM_BUCKETS_SCHEMA;
    const place = (index: number): number | null =>
      custom
        ? boundIndex(histogram.customValues[index] ?? Infinity, bounds)
        : within(index, histogram.schema, schema, zeroThreshold);
    counts.#take(counts.#positive, histogram.positiveSpans, histogram.positiveBuckets, place);
    counts.#take(counts.#negative, histogram.negativeSpans, histogram.negativeBuckets, place);
    return counts;
  }

  plus(other: BucketCounts): BucketCounts {
    const sum = new BucketCounts();
    sum.#zero = this.#zero + other.#zero;
    for (const [own, theirs, into] of [
      [this.#positive, other.#positive, sum.#positive],
      [this.#negative, other.#negative, sum.#negative],
    ] as const)
      for (const [index, count] of [...own, ...theirs]) into.set(index, (into.get(index) ?? 0) + count);
    return sum;
  }

  /** As a histogram has them, without empty buckets. */
  columns(): Columns {
    const positive = inSpans(this.#positive);
    const negative = inSpans(this.#negative);
    return {
      zeroCount: this.#zero,
      positiveSpans: positive.spans,
      positiveBuckets: positive.buckets,
      negativeSpans: negative.spans,
      negativeBuckets: negative.buckets,
    };
  }

  #take(
    into: Map<number, number>,
    spans: readonly Span[],
    buckets: readonly number[],
    place: (index: number) => number | null,
  ): void {
    let index = 0;
    let at = 0;
    for (const { offset, length } of spans) {
      index += offset;
      for (const end = index + length; index < end; index++) {
        const count = buckets[at] ?? 0;
        at++;
        const placed = place(index);
        if (placed === null) this.#zero += count;
        else into.set(placed, (into.get(placed) ?? 0) + count);
      }
    }
  }
}

/** The first bound that is not below one; behind them all is the bucket without a bound. */
function boundIndex(bound: number, bounds: readonly number[]): number {
  const index = bounds.findIndex((each) => each >= bound);
  return index === -1 ? bounds.length : index;
}

/** The bucket of a coarser schema that has this one; null when it lies in the zero bucket. */
function within(index: number, from: number, to: number, zeroThreshold: number): number | null {
  const upper = 2 ** (index * 2 ** -from);
  if (upper <= zeroThreshold) return null;
  return Math.ceil(index / 2 ** (from - to));
}

function inSpans(counts: ReadonlyMap<number, number>): { spans: Span[]; buckets: number[] } {
  const found = [...counts].filter(([, count]) => count !== 0).sort(([a], [b]) => a - b);
  const spans: { offset: number; length: number }[] = [];
  let next = 0;
  for (const [index] of found) {
    const last = spans.at(-1);
    if (last !== undefined && index === next) last.length++;
    else spans.push({ offset: index - next, length: 1 });
    next = index + 1;
  }
  return { spans, buckets: found.map(([, count]) => count) };
}
