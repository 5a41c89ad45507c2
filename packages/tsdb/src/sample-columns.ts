import { type Histogram, type Samples, StaleBits } from '@vigie/series';

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
