export { ExpositionError } from './exposition-error.ts';
export { readFloat } from './float.ts';
export { readOpenMetrics } from './openmetrics.ts';
export { ProtobufError } from './protobuf.ts';
export { readWriteRequest } from './remote-write-1.ts';
export { readWriteRequest2 } from './remote-write-2.ts';
export {
  type Exemplar,
  type ExpositionSink,
  METRIC_TYPES,
  type MetricType,
  type TextSample,
} from './sink.ts';
export { SnappyError, snappy, unsnappy } from './snappy.ts';
export { readText } from './text.ts';
export { type WrittenFamily, type WrittenSample, writeFamily } from './text-writer.ts';
export type { WireLabels, WriteSink } from './write-sink.ts';
