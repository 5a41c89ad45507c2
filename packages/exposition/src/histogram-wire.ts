import { COUNTER_RESET_HINTS, type Histogram, type Span } from '@vigie/series';
import { type MessageReader, ProtobufError } from './protobuf.ts';
import { isStaleAt } from './wire-stale.ts';

/** A histogram with what its message says beside it. */
export interface WireHistogram {
  readonly histogram: Histogram;
  readonly stale: boolean;
  readonly timestamp: number;
  readonly startTimestamp: number;
}

/** Both kinds of counts as they come: deltas of integer histograms, counts of float ones. */
interface Side {
  readonly spans: Span[];
  readonly deltas: number[];
  readonly counts: number[];
}

/** Spans, buckets and bounds of one histogram: more is refused. Source: the limit of schema 8 within the range of doubles. */
const MOST_BUCKETS = 65_536;

/**
 * Reads `io.prometheus.write` Histogram, version 1 or 2 (one layout). Integer counts become floats, deltas sums.
 * @throws {ProtobufError} when it is malformed, or its spans and buckets do not fit together.
 */
export function readHistogram(reader: MessageReader): WireHistogram {
  const negative: Side = { spans: [], deltas: [], counts: [] };
  const positive: Side = { spans: [], deltas: [], counts: [] };
  const customValues: number[] = [];
  let [count, sum, schema, zeroThreshold, zeroCount, hint, timestamp, startTimestamp] = [
    0, 0, 0, 0, 0, 0, 0, 0,
  ];
  let stale = false;
  while (reader.next()) {
    const { field } = reader;
    if (field === 1 || field === 6) {
      const value = reader.uint();
      if (field === 1) count = value;
      else zeroCount = value;
    } else if (field === 2) count = reader.double();
    else if (field === 3) {
      stale = isStaleAt(reader.bytes, reader.at);
      sum = reader.double();
    } else if (field === 4) schema = int32(reader.sint());
    else if (field === 5) zeroThreshold = reader.double();
    else if (field === 7) zeroCount = reader.double();
    else if (field >= 8 && field <= 10) readSide(reader, negative, field - 8);
    else if (field >= 11 && field <= 13) readSide(reader, positive, field - 11);
    else if (field === 14) hint = reader.uint();
    else if (field === 15) timestamp = reader.int();
    else if (field === 16) reader.packed((each) => customValues.push(each.double()));
    else if (field === 17) startTimestamp = reader.int();
    else reader.skip();
  }
  const parts = [
    positive.spans,
    negative.spans,
    positive.deltas,
    negative.deltas,
    positive.counts,
    negative.counts,
  ];
  if ([...parts, customValues].reduce((sum, { length }) => sum + length, 0) > MOST_BUCKETS)
    throw new ProtobufError(`malformed protobuf: a histogram of more than ${MOST_BUCKETS} parts`);
  const histogram = {
    schema,
    count,
    sum,
    zeroThreshold,
    zeroCount,
    ...{ positiveSpans: positive.spans, positiveBuckets: buckets(positive) },
    ...{ negativeSpans: negative.spans, negativeBuckets: buckets(negative) },
    customValues,
    counterResetHint: COUNTER_RESET_HINTS[hint] ?? 'unknown',
  };
  return { histogram, stale, timestamp, startTimestamp };
}

/** @param part 0 spans, 1 deltas, 2 counts. */
function readSide(reader: MessageReader, side: Side, part: number): void {
  if (part === 0) side.spans.push(readSpan(reader.message()));
  else if (part === 1) reader.packed((each) => side.deltas.push(each.sint()));
  else reader.packed((each) => side.counts.push(each.double()));
}

function readSpan(reader: MessageReader): Span {
  let [offset, length] = [0, 0];
  while (reader.next())
    if (reader.field === 1) offset = int32(reader.sint());
    else if (reader.field === 2) length = reader.uint();
    else reader.skip();
  return { offset, length };
}

function buckets({ spans, deltas, counts }: Side): number[] {
  const expected = spans.reduce((sum, { length }) => sum + length, 0);
  const given = counts.length > 0 ? counts : runningSums(deltas);
  if (expected > MOST_BUCKETS)
    throw new ProtobufError(`malformed protobuf: a histogram of ${expected} buckets`);
  if (given.length !== expected)
    throw new ProtobufError(`malformed protobuf: spans need ${expected} buckets, have ${given.length}`);
  return given;
}

function int32(value: number): number {
  if ((value | 0) !== value) throw new ProtobufError(`malformed protobuf: ${value} is beyond 32 bits`);
  return value;
}

function runningSums(deltas: readonly number[]): number[] {
  let sum = 0;
  return deltas.map((delta) => {
    sum += delta;
    return sum;
  });
}
