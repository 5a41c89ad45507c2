import type { Histogram, Samples } from '@vigie/series';
import { ByteReader, DamageError } from '../bytes/byte-reader.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import type { SampleColumns } from '../sample-columns.ts';
import { readFloats, writeFloats } from './floats.ts';
import { readHistograms, writeHistograms } from './histograms.ts';
import { readStartTimes, writeStartTimes } from './start-times.ts';
import { readTimes, writeTimes } from './times.ts';

const FLOATS = 1;
const HISTOGRAMS = 2;
/** Set in the codec's byte when samples say when their counters began. */
const WITH_STARTS = 0x80;

/** Samples of one chunk: more is damage. */
const MOST_SAMPLES = 65_536;

const writer = new ByteWriter(8_192);

/**
 * Encodes samples of one series, all floats or all histograms, times rising.
 * @returns bytes that `readChunk` reads back bit by bit.
 */
export function encodeChunk(samples: Samples): Uint8Array {
  const { count, timestamps, histograms, startTimestamps } = samples;
  const first = timestamps[0] ?? 0;
  writer.clear();
  writer.byte((histograms === null ? FLOATS : HISTOGRAMS) | (startTimestamps === null ? 0 : WITH_STARTS));
  writer.varint(count);
  writer.zigzag(first);
  writer.varint(count === 0 ? 0 : (timestamps[count - 1] ?? 0) - first);
  writeTimes(writer, timestamps, count);
  if (startTimestamps !== null) writeStartTimes(writer, startTimestamps, count);
  if (histograms === null) writeFloats(writer, samples);
  else writeHistograms(writer, wholeColumn(histograms, count));
  return writer.copy();
}

/** What the head of a chunk says. */
export interface ChunkHead {
  readonly histograms: boolean;
  readonly count: number;
  /** Epoch milliseconds. */
  readonly first: number;
  readonly last: number;
}

/** Reads only how many samples a chunk has, and from when to when. */
export function readChunkHead(bytes: Uint8Array): ChunkHead {
  const { codec, ...head } = readHead(new ByteReader(bytes));
  return { histograms: (codec & ~WITH_STARTS) === HISTOGRAMS, ...head };
}

/**
 * Appends the samples of a chunk with `after < time <= until` to columns, stale markers with their bits.
 * @throws {DamageError} when the bytes are no chunk; the columns have what they had then.
 */
export function readChunk(bytes: Uint8Array, into: SampleColumns, after: number, until: number): void {
  const reader = new ByteReader(bytes);
  const { codec, count, first } = readHead(reader);
  const from = into.count;
  into.reserve(from + count);
  readTimes(reader, first, into.timestamps.subarray(from, from + count), count);
  const starts = (codec & WITH_STARTS) === 0 ? null : new Float64Array(count);
  if (starts !== null) readStartTimes(reader, starts, count);
  let histograms: Histogram[] | null = null;
  if ((codec & ~WITH_STARTS) === HISTOGRAMS) histograms = readHistograms(reader, count);
  else readFloats(reader, into, from, count);
  into.append(count, histograms, starts);
  into.keep(from, after, until);
}

function readHead(reader: ByteReader): { codec: number; count: number; first: number; last: number } {
  const codec = reader.byte();
  const kind = codec & ~WITH_STARTS;
  if (kind !== FLOATS && kind !== HISTOGRAMS) throw new DamageError(`codec ${codec}`);
  const count = reader.varint();
  if (count > MOST_SAMPLES) throw new DamageError(`a chunk of ${count} samples`);
  const first = reader.zigzag();
  return { codec, count, first, last: first + reader.varint() };
}

function wholeColumn(histograms: readonly (Histogram | undefined)[], count: number): Histogram[] {
  const column = histograms.slice(0, count).filter((histogram) => histogram !== undefined);
  if (column.length !== count) throw new RangeError('BUG: a chunk of floats and histograms');
  return column;
}
