/** A run of neighbouring buckets: how many are left out before it (for the first, where it begins), and its length. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

export const COUNTER_RESET_HINTS = ['unknown', 'reset', 'not_reset', 'gauge'] as const;
export type CounterResetHint = (typeof COUNTER_RESET_HINTS)[number];

/** The schema of buckets whose upper bounds are given one by one (`customValues`), as classic ones are. */
export const CUSTOM_BUCKETS_SCHEMA = -53;

/**
 * A native histogram with counts as floats, never changed once made. With a schema s from -4 to 8 the bucket of
 * index i reaches from (2^2^-s)^(i-1), left out, to (2^2^-s)^i, left in.
 * Source: Prometheus' native histogram specification.
 */
export interface Histogram {
  readonly schema: number;
  readonly count: number;
  readonly sum: number;
  readonly zeroThreshold: number;
  readonly zeroCount: number;
  readonly positiveSpans: readonly Span[];
  /** The count of each bucket of the spans, not a difference to the one before. */
  readonly positiveBuckets: readonly number[];
  readonly negativeSpans: readonly Span[];
  readonly negativeBuckets: readonly number[];
  /** The upper bounds, rising, without +Inf; empty unless the schema is `CUSTOM_BUCKETS_SCHEMA`. */
  readonly customValues: readonly number[];
  readonly counterResetHint: CounterResetHint;
}
