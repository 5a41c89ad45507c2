import type { Histogram } from '@vigie/series';
import { sameBits } from '../bytes/same-bits.ts';
import { countParts, isFull } from '../chunk/histograms.ts';
import { SampleColumns } from '../sample-columns.ts';
import type { HeadSeries } from './head-series.ts';
import { OPEN_SAMPLES, OpenSlots } from './open-slots.ts';

/** Blocks begin at multiples of this, and no chunk crosses their border. */
export const BLOCK_MILLISECONDS = 2 * 3_600_000;

/** Puts samples into open chunks, and says when one is to be closed first. */
export class OpenChunks {
  readonly #slots = new OpenSlots();
  readonly #columns = new SampleColumns(OPEN_SAMPLES);

  /** Whether a sample of this time and kind has to begin a new chunk. */
  closesBefore(series: HeadSeries, time: number, histogram: boolean): boolean {
    if (series.count === 0) return false;
    return (
      series.count === OPEN_SAMPLES ||
      (series.histograms !== null) !== histogram ||
      isFull(series.histograms?.parts ?? 0) ||
      Math.floor(time / BLOCK_MILLISECONDS) !== Math.floor(series.base / BLOCK_MILLISECONDS)
    );
  }

  /** Appends a float, with every bit, to an open chunk that has room for it. */
  put(series: HeadSeries, time: number, values: Float64Array, at: number): void {
    if (series.count === 0) series.base = time;
    let slot = series.slot ?? this.#slots.take();
    if (series.count === this.#slots.capacity(slot)) slot = this.#slots.grow(slot, series.count);
    this.#slots.set(slot, series.count, time - series.base, values, at);
    series.slot = slot;
    series.count += 1;
    series.lastTime = time;
  }

  putHistogram(series: HeadSeries, time: number, histogram: Histogram): void {
    if (series.count === 0) series.base = time;
    series.histograms ??= { times: [], values: [], parts: 0 };
    series.histograms.times.push(time);
    series.histograms.values.push(histogram);
    series.histograms.parts += countParts(histogram);
    series.count += 1;
    series.lastTime = time;
  }

  /** Whether the newest sample of the open chunk has exactly this value. */
  endsWith(series: HeadSeries, values: Float64Array, at: number): boolean {
    if (series.slot === null) return false;
    const own = this.#slots.values(series.slot);
    return sameBits(own, series.count - 1, values, at);
  }

  /** Appends what is in the open chunk with `after < time <= until` to columns. */
  read(series: HeadSeries, into: SampleColumns, after: number, until: number): void {
    const from = into.count;
    const { count, base, slot, histograms } = series;
    into.reserve(from + count);
    if (slot !== null) {
      const offsets = this.#slots.offsets(slot);
      for (let at = 0; at < count; at++) into.timestamps[from + at] = base + (offsets[at] ?? 0);
      into.values.set(this.#slots.values(slot).subarray(0, count), from);
    } else if (histograms !== null) into.timestamps.set(histograms.times, from);
    into.append(count, histograms?.values ?? null, null);
    into.keep(from, after, until);
  }

  /** What is in the open chunk, valid until the next call. */
  columns(series: HeadSeries): SampleColumns {
    this.#columns.clear();
    this.read(series, this.#columns, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
    return this.#columns;
  }

  /** Empties the open chunk. */
  clear(series: HeadSeries): void {
    if (series.slot !== null) this.#slots.give(series.slot);
    series.slot = null;
    series.histograms = null;
    series.count = 0;
  }
}
