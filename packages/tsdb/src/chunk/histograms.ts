import { COUNTER_RESET_HINTS, type Histogram, type Span } from '@vigie/series';
import { type ByteReader, DamageError } from '../bytes/byte-reader.ts';
import type { ByteWriter } from '../bytes/byte-writer.ts';

/** Buckets and spans of one histogram: more is damage. */
const MOST_BUCKETS = 65_536;

/** Spans, buckets and bounds of one histogram that is written: it has to fit into a record of the log. */
export const MOST_PARTS = MOST_BUCKETS;

/** A chunk is ended when its histograms have so many parts: it has to fit into a record and a page. */
const MOST_CHUNK_PARTS = 2 * MOST_PARTS;

/** Whether a chunk whose histograms have so many parts takes no more. */
export function isFull(parts: number): boolean {
  return parts >= MOST_CHUNK_PARTS;
}

/** How many numbers a histogram has that may be many. */
export function countParts(histogram: Histogram): number {
  const { positiveSpans, positiveBuckets, negativeSpans, negativeBuckets, customValues } = histogram;
  return [positiveSpans, positiveBuckets, negativeSpans, negativeBuckets, customValues].reduce(
    (sum, { length }) => sum + length,
    0,
  );
}

/** @throws {RangeError} when a histogram cannot be written so that it is read back the same. */
export function checkHistogram(histogram: Histogram): void {
  const parts = countParts(histogram);
  if (parts > MOST_PARTS) throw new RangeError(`a histogram of ${parts} parts, at most ${MOST_PARTS}`);
  const { schema, positiveSpans, positiveBuckets, negativeSpans, negativeBuckets } = histogram;
  const spans = [...positiveSpans, ...negativeSpans];
  const whole = [schema, ...spans.flatMap(({ offset, length }) => [offset, length])];
  const wrong = whole.find((number) => (number | 0) !== number);
  if (wrong !== undefined) throw new RangeError(`a histogram with a schema or span of ${wrong}`);
  if (spans.some(({ length }) => length < 0))
    throw new RangeError('a histogram with a span of negative length');
  if (buckets(positiveSpans) !== positiveBuckets.length || buckets(negativeSpans) !== negativeBuckets.length)
    throw new RangeError('a histogram whose spans and buckets do not go together');
}

/** What a histogram has in common with the one before. */
const SAME_LAYOUT = 1;
/** All counts are whole numbers, as they are unless they were computed. */
const WHOLE = 2;

/**
 * Writes histograms one after another: how their buckets lie only where it changes, whole counts as differences to
 * the histogram before while it does not.
 */
export function writeHistograms(writer: ByteWriter, histograms: readonly Histogram[]): void {
  let before: Histogram | undefined;
  for (const histogram of histograms) {
    const same = before !== undefined && sameLayout(before, histogram);
    const counts = countsOf(histogram);
    const whole = counts.every(isWhole) && (!same || countsOf(before as Histogram).every(isWhole));
    writer.byte((same ? SAME_LAYOUT : 0) | (whole ? WHOLE : 0));
    if (!same) writeLayout(writer, histogram);
    writer.byte(COUNTER_RESET_HINTS.indexOf(histogram.counterResetHint));
    // A typed array, since the sum of a stale marker has bits that a number may lose.
    writer.doubleBits(Float64Array.of(histogram.sum), 0);
    const reference = same && before !== undefined ? countsOf(before) : [];
    for (const [at, count] of counts.entries())
      if (whole) writer.zigzag(count - (reference[at] ?? 0));
      else writer.double(count);
    before = histogram;
  }
}

/** Reads what `writeHistograms` wrote. */
export function readHistograms(reader: ByteReader, count: number): Histogram[] {
  const histograms: Histogram[] = [];
  for (let at = 0; at < count; at++) histograms.push(readHistogram(reader, histograms[at - 1]));
  return histograms;
}

type Layout = Pick<
  Histogram,
  'schema' | 'zeroThreshold' | 'positiveSpans' | 'negativeSpans' | 'customValues'
>;

function readHistogram(reader: ByteReader, before: Histogram | undefined): Histogram {
  const flags = reader.byte();
  const same = (flags & SAME_LAYOUT) !== 0;
  if (same && before === undefined) throw new DamageError('a first histogram without a layout');
  const layout: Layout = same && before !== undefined ? before : readLayout(reader);
  const counterResetHint = COUNTER_RESET_HINTS[reader.byte()] ?? 'unknown';
  const sum = new Float64Array(1);
  reader.doubleBits(sum, 0);
  const reference = same && before !== undefined ? countsOf(before) : [];
  const read = (at: number): number =>
    (flags & WHOLE) === 0 ? reader.double() : (reference[at] ?? 0) + reader.zigzag();
  const counts = Array.from(
    { length: 2 + buckets(layout.positiveSpans) + buckets(layout.negativeSpans) },
    (_, at) => read(at),
  );
  const { schema, zeroThreshold, positiveSpans, negativeSpans, customValues } = layout;
  const negativeFrom = 2 + buckets(positiveSpans);
  return {
    schema,
    count: counts[0] ?? 0,
    sum: sum[0] ?? 0,
    zeroThreshold,
    zeroCount: counts[1] ?? 0,
    positiveSpans,
    positiveBuckets: counts.slice(2, negativeFrom),
    negativeSpans,
    negativeBuckets: counts.slice(negativeFrom),
    customValues,
    counterResetHint,
  };
}

/** Count, zero count, positive and negative buckets. */
function countsOf(histogram: Histogram): number[] {
  return [histogram.count, histogram.zeroCount, ...histogram.positiveBuckets, ...histogram.negativeBuckets];
}

function isWhole(count: number): boolean {
  return Number.isSafeInteger(count) && Math.abs(count) < 2 ** 51 && !Object.is(count, -0);
}

function sameLayout(a: Histogram, b: Histogram): boolean {
  return (
    a.schema === b.schema &&
    a.zeroThreshold === b.zeroThreshold &&
    sameSpans(a.positiveSpans, b.positiveSpans) &&
    sameSpans(a.negativeSpans, b.negativeSpans) &&
    a.customValues.length === b.customValues.length &&
    a.customValues.every((bound, at) => bound === b.customValues[at])
  );
}

function sameSpans(a: readonly Span[], b: readonly Span[]): boolean {
  return (
    a === b ||
    (a.length === b.length &&
      a.every(({ offset, length }, at) => offset === b[at]?.offset && length === b[at]?.length))
  );
}

function writeLayout(writer: ByteWriter, histogram: Histogram): void {
  writer.zigzag(histogram.schema);
  writer.double(histogram.zeroThreshold);
  for (const spans of [histogram.positiveSpans, histogram.negativeSpans]) {
    writer.varint(spans.length);
    for (const { offset, length } of spans) {
      writer.zigzag(offset);
      writer.varint(length);
    }
  }
  writer.varint(histogram.customValues.length);
  for (const bound of histogram.customValues) writer.double(bound);
}

function readLayout(reader: ByteReader): Layout {
  const schema = reader.zigzag();
  const zeroThreshold = reader.double();
  const positiveSpans = readSpans(reader);
  const negativeSpans = readSpans(reader);
  const customValues = Array.from({ length: bounded(reader.varint()) }, () => reader.double());
  return { schema, zeroThreshold, positiveSpans, negativeSpans, customValues };
}

function readSpans(reader: ByteReader): Span[] {
  const spans = Array.from({ length: bounded(reader.varint()) }, () => ({
    offset: reader.zigzag(),
    length: reader.varint(),
  }));
  bounded(buckets(spans));
  return spans;
}

function buckets(spans: readonly Span[]): number {
  return spans.reduce((sum, { length }) => sum + length, 0);
}

function bounded(count: number): number {
  if (count > MOST_BUCKETS) throw new DamageError(`a histogram of ${count} parts`);
  return count;
}
