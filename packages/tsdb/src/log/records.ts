import { type Histogram, Labels } from '@vigie/series';
import { type ByteReader, DamageError } from '../bytes/byte-reader.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { readHistograms, writeHistograms } from '../chunk/histograms.ts';
import { MOST_BODY_BYTES } from './segment.ts';

/** The first byte of a body. */
export const RECORD = {
  series: 1,
  samples: 2,
  histograms: 3,
  keptFrom: 6,
  lateSamples: 8,
  openChunk: 16,
  lateChunk: 17,
  end: 18,
} as const;

/** A new series: from now on its samples name it by its ref. */
export interface SeriesRecord {
  readonly ref: number;
  readonly project: string;
  readonly labels: Labels;
}

/** No entry is longer: labels and histograms that would be are refused before they come here. */
const MOST_ENTRY_BYTES = 1024 * 1024;

/** A body is handed over when the next entry might not fit any more. */
const FULL_BYTES = MOST_BODY_BYTES - MOST_ENTRY_BYTES;

/** Gathers entries of one kind into bodies of bounded size. */
export abstract class RecordWriter {
  protected readonly writer = new ByteWriter(4_096);
  readonly #kind: number;
  readonly #take: (body: Uint8Array) => void;
  #entries = 0;

  /** @param take gets each body; valid until it returns. */
  constructor(kind: number, take: (body: Uint8Array) => void) {
    this.#kind = kind;
    this.#take = take;
  }

  /** Hands over what has gathered. */
  end(): void {
    if (this.#entries > 0) this.#take(this.writer.written);
    this.#entries = 0;
    this.writer.clear();
  }

  /** To be called before an entry is written. */
  protected begin(): void {
    if (this.writer.length > FULL_BYTES) this.end();
    if (this.#entries === 0) {
      this.writer.byte(this.#kind);
      this.opened();
    }
    this.#entries += 1;
  }

  /** A body has begun: what stands once before its entries is written here. */
  protected opened(): void {}
}

export class SeriesWriter extends RecordWriter {
  constructor(take: (body: Uint8Array) => void) {
    super(RECORD.series, take);
  }

  add({ ref, project, labels }: SeriesRecord): void {
    this.begin();
    this.writer.varint(ref);
    this.writer.text(project);
    this.writer.varint(labels.size);
    for (const part of labels.pairs) this.writer.text(part);
  }
}

/** Samples: refs and times as differences to the entry before, values with every bit. */
export class SamplesWriter extends RecordWriter {
  #ref = 0;
  #time = 0;

  constructor(kind: typeof RECORD.samples | typeof RECORD.lateSamples, take: (body: Uint8Array) => void) {
    super(kind, take);
  }

  /** @param values where the value lies, at `at`. */
  add(ref: number, time: number, values: Float64Array, at: number): void {
    this.begin();
    this.writer.zigzag(ref - this.#ref);
    this.writer.zigzag(time - this.#time);
    this.writer.doubleBits(values, at);
    this.#ref = ref;
    this.#time = time;
  }

  protected override opened(): void {
    this.#ref = 0;
    this.#time = 0;
  }
}

/** Histograms, framed as samples are. */
export class HistogramsWriter extends RecordWriter {
  #ref = 0;
  #time = 0;

  constructor(take: (body: Uint8Array) => void) {
    super(RECORD.histograms, take);
  }

  add(ref: number, time: number, histogram: Histogram): void {
    this.begin();
    this.writer.zigzag(ref - this.#ref);
    this.writer.zigzag(time - this.#time);
    writeHistograms(this.writer, [histogram]);
    this.#ref = ref;
    this.#time = time;
  }

  protected override opened(): void {
    this.#ref = 0;
    this.#time = 0;
  }
}

/** A body that says: samples before a time are in blocks, or gone. */
export function keptFromBody(time: number): Uint8Array {
  const writer = new ByteWriter(16);
  writer.byte(RECORD.keptFrom);
  writer.zigzag(time);
  return writer.copy();
}

/** Reads the entries of a body of series behind its kind. */
export function readSeries(reader: ByteReader, visit: (series: SeriesRecord) => void): void {
  while (reader.left > 0) {
    const ref = reader.varint();
    const project = reader.text();
    const parts = 2 * reader.varint();
    if (parts > reader.left) throw new DamageError(`a series of ${parts / 2} labels`);
    const pairs = Array.from({ length: parts }, () => reader.text());
    visit({ ref, project, labels: Labels.fromSorted(pairs) });
  }
}

/** Reads the entries of a body of samples behind its kind; the value is at place 0 of `value`, with every bit. */
export function readSamples(
  reader: ByteReader,
  visit: (ref: number, time: number, value: Float64Array) => void,
): void {
  const value = new Float64Array(1);
  let [ref, time] = [0, 0];
  while (reader.left > 0) {
    ref += reader.zigzag();
    time += reader.zigzag();
    reader.doubleBits(value, 0);
    visit(ref, time, value);
  }
}

/** Reads the entries of a body of histograms behind its kind. */
export function readHistogramSamples(
  reader: ByteReader,
  visit: (ref: number, time: number, histogram: Histogram) => void,
): void {
  let [ref, time] = [0, 0];
  while (reader.left > 0) {
    ref += reader.zigzag();
    time += reader.zigzag();
    const [histogram] = readHistograms(reader, 1);
    if (histogram !== undefined) visit(ref, time, histogram);
  }
}
