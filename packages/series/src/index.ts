export { type Expander, expander } from './expander.ts';
export { decimalText, floatText, shortText } from './float-text.ts';
export {
  COUNTER_RESET_HINTS,
  type CounterResetHint,
  CUSTOM_BUCKETS_SCHEMA,
  type Histogram,
  type Span,
} from './histogram.ts';
export {
  addHistograms,
  compactHistogram,
  divideHistogram,
  equalHistograms,
  type HistogramSum,
  scaleHistogram,
  trimHistogram,
} from './histogram-arithmetic.ts';
export { histogramText } from './histogram-text.ts';
export { Labels, METRIC_NAME } from './labels.ts';
export { MATCH_OPERATORS, type Matcher, type MatchOperator, matcher, matchesAll } from './matcher.ts';
export { fullMatch } from './regex.ts';
export type { Samples } from './samples.ts';
export { StaleBits } from './stale.ts';
export { compareUtf8 } from './utf8-order.ts';
