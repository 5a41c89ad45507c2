import { isDeepStrictEqual } from 'node:util';
import { type Histogram, type Labels, matchesAll, type Samples, StaleBits } from '@vigie/series';
import type { Querier, Selection, StoredSeries } from '../querier.ts';
import type { SequenceItem } from './sequence.ts';
import { withStoredHints } from './stored-hints.ts';

/** A place of a series that holds something. */
export type StoredItem = Exclude<SequenceItem, { kind: 'gap' }>;

interface StoredSample {
  readonly time: number;
  readonly item: StoredItem;
  /** When the counter behind it began, epoch milliseconds; 0 where unknown. */
  readonly start: number;
}

interface MemorySeries {
  readonly labels: Labels;
  /** Times rising. */
  readonly samples: StoredSample[];
  columns: Samples | null;
}

/** A store that forgets with its process: what conformance files and tests load. */
export class MemoryQuerier implements Querier {
  readonly #series = new Map<string, MemorySeries>();

  /**
   * Adds a sample, in any order of times. The same sample once more changes nothing.
   * @throws {RangeError} when the series has another one at this time.
   */
  add(labels: Labels, time: number, item: StoredItem, start = 0): void {
    const series = this.#seriesOf(labels);
    const { samples } = series;
    series.columns = null;
    const at = samples.findLastIndex((sample) => sample.time <= time);
    const before = samples[at];
    if (before?.time !== time) samples.splice(at + 1, 0, { time, item, start });
    else if (!isDeepStrictEqual(before.item, item))
      throw new RangeError(`${JSON.stringify(labels)} has another sample at ${time} ms`);
  }

  #seriesOf(labels: Labels): MemorySeries {
    const known = this.#series.get(labels.key);
    if (known !== undefined) return known;
    const series: MemorySeries = { labels, samples: [], columns: null };
    this.#series.set(labels.key, series);
    return series;
  }

  async select({ matchers, after, until }: Selection): Promise<readonly StoredSeries[]> {
    const selected: StoredSeries[] = [];
    for (const series of this.#series.values()) {
      if (!matchesAll(matchers, series.labels)) continue;
      series.columns ??= columnsOf(series.samples);
      const { columns } = series;
      const from = firstAfter(columns, after);
      const to = firstAfter(columns, until);
      if (from < to) selected.push({ labels: series.labels, read: () => slice(columns, from, to) });
    }
    return selected;
  }
}

/** The place of the first sample behind a time. */
function firstAfter({ timestamps, count }: Samples, time: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((timestamps[middle] ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Views, not copies: the bits of stale markers stay. */
function slice(columns: Samples, from: number, to: number): Samples {
  return {
    count: to - from,
    timestamps: columns.timestamps.subarray(from, to),
    values: columns.values.subarray(from, to),
    histograms: columns.histograms?.slice(from, to) ?? null,
    startTimestamps: columns.startTimestamps?.subarray(from, to) ?? null,
  };
}

function columnsOf(samples: readonly StoredSample[]): Samples {
  const values = new Float64Array(samples.length);
  const bits = new StaleBits(values);
  for (const [at, { item }] of samples.entries()) {
    if (item.kind === 'float') values[at] = item.value;
    else if (item.kind === 'stale') bits.mark(at);
  }
  return {
    count: samples.length,
    timestamps: Float64Array.from(samples, ({ time }) => time),
    values,
    histograms: histogramsOf(samples),
    startTimestamps: samples.some(({ start }) => start !== 0)
      ? Float64Array.from(samples, ({ start }) => start)
      : null,
  };
}

function histogramsOf(samples: readonly StoredSample[]): (Histogram | undefined)[] | null {
  if (!samples.some(({ item }) => item.kind === 'histogram')) return null;
  return withStoredHints(samples.map(({ item }) => (item.kind === 'histogram' ? item.histogram : undefined)));
}
