import type { Histogram } from '@vigie/series';
import { ByteReader } from '../bytes/byte-reader.ts';
import { readChunk, readChunkHead } from '../chunk/chunk.ts';
import type { Folder } from '../folder.ts';
import { readLog } from '../log/log.ts';
import { RECORD, readHistogramSamples, readSamples, readSeries, type SeriesRecord } from '../log/records.ts';
import type { Damage } from '../log/segment.ts';
import { SampleColumns } from '../sample-columns.ts';
import { readCheckpoint } from './checkpoint.ts';
import type { ClosedChunks } from './closed-chunks.ts';
import { readHeadFiles } from './head-files.ts';
import type { HeadSeries } from './head-series.ts';
import type { SeriesTable } from './series-table.ts';

/** What is recovered: a head that is empty. */
export interface Recovered {
  readonly table: SeriesTable;
  readonly closed: ClosedChunks;
  /** What lies before this time is in blocks, or gone, as the log may say behind what it says of it. */
  keepFrom(time: number): void;
  /** A head file has this chunk. */
  foundChunk(file: number, chunk: Uint8Array): void;
  place(series: HeadSeries, samples: SampleColumns, at: number): void;
  placeLate(series: HeadSeries, samples: SampleColumns, at: number): void;
  compare(
    series: HeadSeries,
    time: number,
    values: Float64Array,
    at: number,
  ): 'stored' | 'same' | 'duplicate';
}

/**
 * Fills a head with what its folder holds: the series of the checkpoint, closed chunks of head files, open chunks of
 * the checkpoint, and what the log says behind it. Samples that are there already are passed over: in-order ones by
 * their time, late ones by looking.
 * @param begin what lies before this time is passed over.
 * @returns what could not be read.
 */
export function recover(folder: Folder, head: Recovered, begin: number): Damage[] {
  const recovery = new Recovery(head, begin);
  const openChunks: Uint8Array[] = [];
  const checkpoint = readCheckpoint(folder, (body) => {
    const kind = body[0];
    if (kind === RECORD.series || kind === RECORD.keptFrom) recovery.body(body);
    else if (kind === RECORD.openChunk || kind === RECORD.lateChunk) openChunks.push(body);
  });
  // A chunk's series may be known to the log alone, which is read last: what has no series yet waits for it.
  const headDamages = readHeadFiles(folder, (file, ref, chunk, late) => {
    head.foundChunk(file, chunk);
    recovery.closedChunk(ref, chunk, late);
  });
  for (const body of openChunks) recovery.openChunk(body);
  const logDamages = readLog(folder, checkpoint.number, (body) => recovery.body(body));
  recovery.end();
  return [...checkpoint.damages, ...headDamages, ...logDamages];
}

class Recovery {
  readonly #head: Recovered;
  readonly #waiting = new Map<number, { chunk: Uint8Array; late: boolean }[]>();
  readonly #one = new SampleColumns(1);

  #begin: number;

  constructor(head: Recovered, begin: number) {
    this.#head = head;
    this.#begin = begin;
  }

  body(body: Uint8Array): void {
    const reader = new ByteReader(body);
    const kind = reader.byte();
    if (kind === RECORD.series) readSeries(reader, (series) => this.#series(series));
    else if (kind === RECORD.samples) readSamples(reader, (...sample) => this.#sample(...sample));
    else if (kind === RECORD.lateSamples) readSamples(reader, (...sample) => this.#lateSample(...sample));
    else if (kind === RECORD.histograms)
      readHistogramSamples(reader, (...sample) => this.#histogram(...sample));
    else if (kind === RECORD.keptFrom) this.#begin = Math.max(this.#begin, reader.zigzag());
  }

  closedChunk(ref: number, chunk: Uint8Array, late: boolean): void {
    this.#head.table.reserve(ref);
    if (readChunkHead(chunk).last < this.#begin) return;
    const series = this.#head.table.byRef(ref);
    if (series === undefined) {
      const waiting = this.#waiting.get(ref) ?? [];
      waiting.push({ chunk, late });
      this.#waiting.set(ref, waiting);
      return;
    }
    const { closed, table } = this.#head;
    closed.add(series, chunk, late);
    if (late) return;
    const last = series.chunks.at(-1) ?? Number.NEGATIVE_INFINITY;
    const first = series.chunks.at(-2) ?? 0;
    // The same chunk may have been closed again by a recovery whose head file came after a torn one.
    if (first <= series.lastTime) closed.dropLast(series);
    else series.lastTime = last;
    table.seen(series.project, last);
  }

  openChunk(body: Uint8Array): void {
    const reader = new ByteReader(body);
    const kind = reader.byte();
    const series = this.#head.table.byRef(reader.varint());
    if (series === undefined) return;
    const samples = new SampleColumns(8);
    readChunk(reader.raw(reader.left), samples, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
    for (let at = 0; at < samples.count; at++)
      if (kind === RECORD.openChunk) this.#place(series, samples, at);
      else this.#placeLate(series, samples, at);
  }

  /** Chunks whose series nobody knows any more are passed over: their series were forgotten. */
  end(): void {
    this.#waiting.clear();
    this.#head.keepFrom(this.#begin);
  }

  #series({ ref, project, labels }: SeriesRecord): void {
    const { table } = this.#head;
    if (table.byRef(ref) !== undefined) return;
    table.add(project, labels, ref);
    for (const { chunk, late } of this.#waiting.get(ref) ?? []) this.closedChunk(ref, chunk, late);
    this.#waiting.delete(ref);
  }

  #sample(ref: number, time: number, value: Float64Array): void {
    const series = this.#head.table.byRef(ref);
    if (series === undefined || time <= series.lastTime || time < this.#begin) return;
    this.#set(time, value);
    this.#head.place(series, this.#one, 0);
  }

  #lateSample(ref: number, time: number, value: Float64Array): void {
    const series = this.#head.table.byRef(ref);
    if (series === undefined || time < this.#begin) return;
    this.#set(time, value);
    this.#placeLate(series, this.#one, 0);
  }

  #histogram(ref: number, time: number, histogram: Histogram): void {
    const series = this.#head.table.byRef(ref);
    if (series === undefined || time <= series.lastTime || time < this.#begin) return;
    this.#one.clear();
    this.#one.pushHistogram(time, histogram);
    this.#head.place(series, this.#one, 0);
  }

  #place(series: HeadSeries, samples: SampleColumns, at: number): void {
    const time = samples.timestamps[at] ?? 0;
    if (time > series.lastTime && time >= this.#begin) this.#head.place(series, samples, at);
  }

  #placeLate(series: HeadSeries, samples: SampleColumns, at: number): void {
    const time = samples.timestamps[at] ?? 0;
    if (time < this.#begin) return;
    if (this.#head.compare(series, time, samples.values, at) === 'stored')
      this.#head.placeLate(series, samples, at);
  }

  /** One sample in columns, with every bit. */
  #set(time: number, value: Float64Array): void {
    this.#one.clear();
    this.#one.push(time, 0);
    this.#one.values.set(value);
  }
}
