import { type Histogram, type Samples, StaleBits } from '@vigie/series';
import { countParts, isFull } from './chunk/histograms.ts';

/** Columns that grow: what chunks are decoded into, and what an open chunk is. */
export class SampleColumns implements Samples {
  count = 0;
  timestamps: Float64Array;
  values: Float64Array;
  histograms: (Histogram | undefined)[] | null = null;
  startTimestamps: Float64Array | null = null;
  #stale: StaleBits;

  constructor(capacity: number) {
    this.timestamps = new Float64Array(capacity);
    this.values = new Float64Array(capacity);
    this.#stale = new StaleBits(this.values);
  }

  /** Appends a float; its time has to be later than the last one's. */
  push(timestamp: number, value: number): void {
    const at = this.#grow();
    this.timestamps[at] = timestamp;
    this.values[at] = value;
  }

  /** Appends a stale marker. */
  pushStale(timestamp: number): void {
    const at = this.#grow();
    this.timestamps[at] = timestamp;
    this.#stale.mark(at);
  }

  /** Appends a histogram. */
  pushHistogram(timestamp: number, histogram: Histogram): void {
    const at = this.#grow();
    this.timestamps[at] = timestamp;
    this.values[at] = 0;
    this.histograms ??= new Array<Histogram | undefined>(at).fill(undefined);
    this.histograms[at] = histogram;
  }

  /** Appends a sample of other columns, with every bit. */
  copy(from: SampleColumns, at: number): void {
    const histogram = from.histograms?.[at];
    if (histogram !== undefined) this.pushHistogram(from.timestamps[at] ?? 0, histogram);
    else if (from.isStale(at)) this.pushStale(from.timestamps[at] ?? 0);
    else this.push(from.timestamps[at] ?? 0, from.values[at] ?? 0);
  }

  /**
   * Counts samples whose times and values were written behind the last one, into room that was reserved.
   * @param starts when their counters began, or null.
   */
  append(count: number, histograms: readonly Histogram[] | null, starts: Float64Array | null): void {
    const from = this.count;
    this.count += count;
    // What is left of earlier values could be a stale marker.
    if (histograms !== null) this.values.fill(0, from, this.count);
    if (histograms !== null || this.histograms !== null) {
      this.histograms ??= new Array<Histogram | undefined>(from).fill(undefined);
      for (let at = 0; at < count; at++) this.histograms[from + at] = histograms?.[at];
    }
    if (starts === null && this.startTimestamps === null) return;
    const column = new Float64Array(this.timestamps.length);
    if (this.startTimestamps !== null) column.set(this.startTimestamps.subarray(0, from));
    if (starts !== null) column.set(starts, from);
    this.startTimestamps = column;
  }

  /** Of the samples from a place on, keeps those with `after < time <= until`. */
  keep(from: number, after: number, until: number): void {
    let first = from;
    while (first < this.count && (this.timestamps[first] ?? 0) <= after) first += 1;
    let end = this.count;
    while (end > first && (this.timestamps[end - 1] ?? 0) > until) end -= 1;
    this.count = from + end - first;
    if (first > from) {
      this.timestamps.copyWithin(from, first, end);
      this.values.copyWithin(from, first, end);
      this.startTimestamps?.copyWithin(from, first, end);
      this.histograms?.splice(from, first - from);
    }
    if (this.histograms !== null) this.histograms.length = this.count;
  }

  /** The samples from a place on that make one chunk, all floats or all histograms, at most so many: where they lie. */
  part(from: number, most: number): Samples {
    const { histograms } = this;
    const kind = histograms?.[from] === undefined;
    let end = from;
    for (let parts = 0; end < this.count && end - from < most && !isFull(parts); end++) {
      const histogram = histograms?.[end];
      if ((histogram === undefined) !== kind) break;
      if (histogram !== undefined) parts += countParts(histogram);
    }
    return {
      count: end - from,
      timestamps: this.timestamps.subarray(from, end),
      values: this.values.subarray(from, end),
      histograms: kind ? null : (histograms?.slice(from, end) ?? null),
      startTimestamps: this.startTimestamps?.subarray(from, end) ?? null,
    };
  }

  /** Keeps only the samples of whose time `keeps` says so. */
  filter(keeps: (time: number) => boolean): void {
    let to = 0;
    for (let at = 0; at < this.count; at++) {
      if (!keeps(this.timestamps[at] ?? 0)) continue;
      if (to < at) this.#move(at, to);
      to += 1;
    }
    this.count = to;
    if (this.histograms !== null) this.histograms.length = to;
  }

  /** Moves a sample to an earlier place, with every bit. */
  #move(at: number, to: number): void {
    this.timestamps.copyWithin(to, at, at + 1);
    this.values.copyWithin(to, at, at + 1);
    this.startTimestamps?.copyWithin(to, at, at + 1);
    if (this.histograms !== null) this.histograms[to] = this.histograms[at];
  }

  isStale(at: number): boolean {
    return this.#stale.at(at);
  }

  /** Forgets all samples and keeps the memory. */
  clear(): void {
    this.count = 0;
    this.histograms = null;
    this.startTimestamps = null;
  }

  /** Makes room for one more, and counts it. */
  #grow(): number {
    if (this.count === this.timestamps.length) this.reserve(Math.max(8, this.count * 2));
    this.count += 1;
    return this.count - 1;
  }

  /** Makes room for so many samples in all; values are copied with their bits. */
  reserve(capacity: number): void {
    if (capacity <= this.timestamps.length) return;
    const { timestamps, values } = this;
    this.timestamps = new Float64Array(capacity);
    this.timestamps.set(timestamps);
    this.values = new Float64Array(capacity);
    this.values.set(values);
    this.#stale = new StaleBits(this.values);
  }
}
