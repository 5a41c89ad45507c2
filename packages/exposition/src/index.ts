export { ExpositionError } from './exposition-error.ts';
export { readOpenMetrics } from './openmetrics.ts';
export {
  type Exemplar,
  type ExpositionSink,
  METRIC_TYPES,
  type MetricType,
  type TextSample,
} from './sink.ts';
export { readText } from './text.ts';
