export { type Expander, expander } from './expander.ts';
export { decimalText, floatText, shortText } from './float-text.ts';
export {
  addHistograms,
  compactHistogram,
  divideHistogram,
  type HistogramSum,
  scaleHistogram,
  subtractHistograms,
} from './histogram/arithmetic.ts';
export { equalHistograms, isReset } from './histogram/comparison.ts';
export { type FractionEstimate, histogramFraction } from './histogram/fraction.ts';
export {
  COUNTER_RESET_HINTS,
  type CounterResetHint,
  CUSTOM_BUCKETS_SCHEMA,
  type Histogram,
  type Span,
} from './histogram/histogram.ts';
export { histogramQuantile, type NaNEffect, type QuantileEstimate } from './histogram/quantile.ts';
export { histogramMean, histogramVariance } from './histogram/spread.ts';
export { type BucketRow, bucketRows, histogramText } from './histogram/text.ts';
export { type Addition, HistogramTotal } from './histogram/total.ts';
export { type Cut, trimHistogram } from './histogram/trim.ts';
export { Labels, METRIC_NAME } from './labels.ts';
export { MATCH_OPERATORS, type Matcher, type MatchOperator, matcher, matchesAll } from './matcher.ts';
export { fullMatch } from './regex.ts';
export type { Samples } from './samples.ts';
export { StaleBits } from './stale.ts';
export { compareUtf8 } from './utf8-order.ts';
