import type { Histogram } from './histogram/histogram.ts';

/**
 * Samples of one series in columns, times rising. `length` of the arrays may be more than `count`: what lies
 * behind is not to be read.
 */
export interface Samples {
  count: number;
  /** Epoch milliseconds, whole numbers. */
  timestamps: Float64Array;
  /** Floats with the bits they came with (`StaleBits`); without meaning where `histograms` has one. */
  values: Float64Array;
  /** The native histograms by place, or null when the series has none here. A stale one has a stale `sum`. */
  histograms: readonly (Histogram | undefined)[] | null;
  /** When the counter behind a sample began, epoch milliseconds, 0 where unknown; null when no sample says so. */
  startTimestamps: Float64Array | null;
}
