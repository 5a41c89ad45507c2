import { equalHistograms, type Histogram } from '@vigie/series';
import { sameBits } from '../bytes/same-bits.ts';
import { mergeSamples } from '../merge-samples.ts';
import { SampleColumns } from '../sample-columns.ts';
import type { ClosedChunks } from './closed-chunks.ts';
import { CHUNK_NUMBERS, type HeadSeries } from './head-series.ts';
import type { OpenChunks } from './open-chunks.ts';

/** Reads what closed chunks, the open one and late samples of a series have together. */
export class HeadReader {
  readonly #open: OpenChunks;
  readonly #closed: ClosedChunks;
  readonly #found = new SampleColumns(8);

  constructor(open: OpenChunks, closed: ClosedChunks) {
    this.#open = open;
    this.#closed = closed;
  }

  /** Appends the samples of a series with `after < time <= until` to empty columns. */
  read(series: HeadSeries, into: SampleColumns, after: number, until: number): void {
    this.#closed.read(series.chunks, into, after, until);
    this.#open.read(series, into, after, until);
    if (series.late === null && series.lateChunks === null) return;
    const late = new SampleColumns(8);
    if (series.late !== null) for (let at = 0; at < series.late.count; at++) late.copy(series.late, at);
    late.keep(0, after, until);
    mergeInto(into, late);
    const { lateChunks } = series;
    for (let at = 0; lateChunks !== null && at < lateChunks.length; at += CHUNK_NUMBERS) {
      late.clear();
      this.#closed.read(lateChunks.slice(at, at + CHUNK_NUMBERS), late, after, until);
      mergeInto(into, late);
    }
  }

  /** Whether a series has a sample at a time, and this float: `stored` means that it has none and may take it. */
  compare(
    series: HeadSeries,
    time: number,
    values: Float64Array,
    at: number,
  ): 'stored' | 'same' | 'duplicate' {
    const found = this.#at(series, time);
    if (found.count === 0) return 'stored';
    if (found.histograms?.[0] !== undefined) return 'duplicate';
    return sameBits(found.values, 0, values, at) ? 'same' : 'duplicate';
  }

  /** Whether a series has this histogram at a time. */
  hasHistogram(series: HeadSeries, time: number, histogram: Histogram): boolean {
    const known = this.#at(series, time).histograms?.[0];
    return known !== undefined && equalHistograms(known, histogram);
  }

  #at(series: HeadSeries, time: number): SampleColumns {
    this.#found.clear();
    this.read(series, this.#found, time - 1, time);
    return this.#found;
  }
}

function mergeInto(into: SampleColumns, late: SampleColumns): void {
  if (late.count === 0) return;
  const merged = mergeSamples(into, late);
  into.clear();
  for (let at = 0; at < merged.count; at++) into.copy(merged, at);
}
