import { exponentialBound } from './bounds.ts';
import { type Cells, cellsOf, moved, sideOf } from './cells.ts';
import { CUSTOM_BUCKETS_SCHEMA, type Histogram } from './histogram.ts';

/** The buckets of a histogram taken apart, so that they can be brought to those of another one. */
export interface Parts {
  readonly schema: number;
  readonly customValues: readonly number[];
  readonly zeroThreshold: number;
  readonly zeroCount: number;
  readonly positive: Cells;
  readonly negative: Cells;
}

type Columns = Pick<
  Histogram,
  | 'schema'
  | 'customValues'
  | 'zeroThreshold'
  | 'zeroCount'
  | 'positiveSpans'
  | 'positiveBuckets'
  | 'negativeSpans'
  | 'negativeBuckets'
>;

export function partsOf(histogram: Histogram): Parts {
  const { schema, customValues, zeroThreshold, zeroCount } = histogram;
  return {
    schema,
    customValues,
    zeroThreshold,
    zeroCount,
    positive: cellsOf({ spans: histogram.positiveSpans, buckets: histogram.positiveBuckets }),
    negative: cellsOf({ spans: histogram.negativeSpans, buckets: histogram.negativeBuckets }),
  };
}

/** As a histogram has them, without empty buckets. */
export function columnsOf(parts: Parts): Columns {
  const { schema, customValues, zeroThreshold, zeroCount } = parts;
  const positive = sideOf(parts.positive);
  const negative = sideOf(parts.negative);
  return {
    schema,
    customValues,
    zeroThreshold,
    zeroCount,
    positiveSpans: positive.spans,
    positiveBuckets: positive.buckets,
    negativeSpans: negative.spans,
    negativeBuckets: negative.buckets,
  };
}

/** Two histograms' parts with one schema, one zero bucket and the bounds that both have. */
export function alike(a: Parts, b: Parts): [Parts, Parts] {
  if (a.schema === CUSTOM_BUCKETS_SCHEMA) {
    if (sameBounds(a, b)) return [a, b];
    const bounds = a.customValues.filter((bound) => b.customValues.includes(bound));
    return [withBounds(a, bounds), withBounds(b, bounds)];
  }
  let [left, right] = [a, b];
  while (left.zeroThreshold !== right.zeroThreshold)
    if (left.zeroThreshold < right.zeroThreshold) left = withZeroThreshold(left, right.zeroThreshold);
    else right = withZeroThreshold(right, left.zeroThreshold);
  const schema = Math.min(left.schema, right.schema);
  return [withSchema(left, schema), withSchema(right, schema)];
}

export function sameBounds(
  { customValues: a }: Pick<Parts, 'customValues'>,
  { customValues: b }: Pick<Parts, 'customValues'>,
): boolean {
  return a === b || (a.length === b.length && a.every((bound, at) => bound === b[at]));
}

/** Custom buckets joined, so that only these bounds are left between them. */
function withBounds(parts: Parts, bounds: readonly number[]): Parts {
  const place = (index: number): number => {
    const upper = parts.customValues[index] ?? Infinity;
    const found = bounds.findIndex((bound) => bound >= upper);
    return found === -1 ? bounds.length : found;
  };
  return { ...parts, customValues: bounds, positive: moved(parts.positive, place) };
}

/** The parts in a coarser schema: each bucket becomes part of the one that it lies in. */
export function withSchema(parts: Parts, schema: number): Parts {
  if (schema === parts.schema) return parts;
  const joined = 2 ** (parts.schema - schema);
  const place = (index: number): number => Math.ceil(index / joined);
  return { ...parts, schema, positive: moved(parts.positive, place), negative: moved(parts.negative, place) };
}

/**
 * The parts with a wider zero bucket, which has taken in the buckets that it covers. Where its end would lie within a
 * bucket that is not empty, it reaches to that bucket's end.
 */
export function withZeroThreshold(parts: Parts, least: number): Parts {
  const { schema, positive, negative } = parts;
  if (least === parts.zeroThreshold) return parts;
  let threshold = least;
  for (;;) {
    const wider = Math.max(endAround(positive, schema, threshold), endAround(negative, schema, threshold));
    if (wider === threshold) break;
    threshold = wider;
  }
  const outside = [positive, negative].map((cells) => cellsBeyond(cells, schema, threshold));
  const [left = positive, right = negative] = outside;
  const taken = total(positive) - total(left) + (total(negative) - total(right));
  return {
    ...parts,
    zeroThreshold: threshold,
    zeroCount: parts.zeroCount + taken,
    positive: left,
    negative: right,
  };
}

/** The upper bound of the bucket, if it is not empty, that a value lies within; else the value itself. */
function endAround({ indexes, counts }: Cells, schema: number, value: number): number {
  for (const [at, index] of indexes.entries()) {
    if (exponentialBound(index - 1, schema) >= value) break;
    const upper = exponentialBound(index, schema);
    if (upper > value && counts[at] !== 0) return upper;
  }
  return value;
}

function cellsBeyond({ indexes, counts }: Cells, schema: number, threshold: number): Cells {
  const first = indexes.findIndex((index) => exponentialBound(index - 1, schema) >= threshold);
  return first === -1
    ? { indexes: [], counts: [] }
    : { indexes: indexes.slice(first), counts: counts.slice(first) };
}

function total({ counts }: Cells): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
