import { type Bucket, bucketsForEstimates } from './buckets.ts';
import type { Histogram } from './histogram.ts';
import { partBelow } from './interpolation.ts';
import { columnsOf, partsOf } from './parts.ts';
import { middleOf } from './spread.ts';

/** Which observations go: those above the bound (`</`), or those below it (`>/`). */
export type Cut = 'above' | 'below';

/**
 * The histogram without its observations on one side of a value. Within a bucket they are told apart as quantiles are;
 * count and sum become what the buckets say, unless nothing was cut off.
 * Source: Prometheus' documentation of its trim operators.
 */
export function trimHistogram(histogram: Histogram, bound: number, cut: Cut): Histogram {
  const buckets = bucketsForEstimates(histogram);
  const kept = buckets.map((bucket) => trimmed(bucket, bound, cut));
  if (kept.every(({ count }, at) => count === buckets[at]?.count)) return histogram;
  return { ...withCounts(histogram, kept), ...totals(kept) };
}

/** What is left of a bucket: observations that are taken to lie between two values. */
interface Rest {
  readonly count: number;
  /** The middle of what is left. */
  readonly middle: number;
}

const NOTHING: Rest = { count: 0, middle: 0 };

function trimmed(bucket: Bucket, bound: number, cut: Cut): Rest {
  if (bucket.count === 0) return NOTHING;
  if (cut === 'above' ? bucket.upper <= bound : bucket.lower >= bound)
    return { count: bucket.count, middle: middleOfAll(bucket) };
  if (!(cut === 'above' ? bucket.lower < bound : bucket.upper > bound)) return NOTHING;
  if (!Number.isFinite(bucket.lower) || bucket.upper === Infinity) return trimmedEndless(bucket, bound, cut);
  return within(bucket, bound, cut);
}

function within(bucket: Bucket, bound: number, cut: Cut): Rest {
  const below = partBelow(bucket, bound);
  const { lower, upper, linear } = bucket;
  return cut === 'above'
    ? { count: bucket.count * below, middle: middleOf({ lower, upper: bound, linear }) }
    : { count: bucket.count * (1 - below), middle: middleOf({ lower: bound, upper, linear }) };
}

/**
 * A bucket without one of its bounds is cut as a whole, its observations being at that end; but one that begins at no
 * bound and ends above 0 is taken to begin at 0 when the cut is there.
 */
function trimmedEndless(bucket: Bucket, bound: number, cut: Cut): Rest {
  const keepsAll: Rest = { count: bucket.count, middle: bound };
  if (bucket.upper === Infinity) return cut === 'below' ? keepsAll : NOTHING;
  if (bucket.upper > 0)
    return bound > 0 || (bound === 0 && cut === 'below')
      ? within({ ...bucket, lower: 0 }, bound, cut)
      : NOTHING;
  return cut === 'above' ? keepsAll : NOTHING;
}

function middleOfAll(bucket: Bucket): number {
  const { lower, upper } = bucket;
  if (upper === Infinity) return lower === -Infinity ? 0 : lower;
  if (lower === -Infinity) return upper > 0 && bucket.linear ? upper / 2 : upper;
  return middleOf(bucket);
}

function totals(kept: readonly Rest[]): Pick<Histogram, 'count' | 'sum'> {
  let count = 0;
  let sum = 0;
  for (const rest of kept) {
    if (rest.count === 0) continue;
    count += rest.count;
    sum += rest.count * rest.middle;
  }
  return { count, sum };
}

/** The buckets with other counts, which come as `bucketsOf` gives them. */
function withCounts(histogram: Histogram, kept: readonly Rest[]): Histogram {
  const counts = kept.map(({ count }) => count);
  const negatives = histogram.negativeBuckets.length;
  const zeros = histogram.zeroCount === 0 ? 0 : 1;
  const parts = partsOf(histogram);
  const columns = columnsOf({
    ...parts,
    zeroCount: zeros === 0 ? 0 : (counts[negatives] ?? 0),
    negative: { ...parts.negative, counts: counts.slice(0, negatives).reverse() },
    positive: { ...parts.positive, counts: counts.slice(negatives + zeros) },
  });
  return { ...histogram, ...columns };
}
