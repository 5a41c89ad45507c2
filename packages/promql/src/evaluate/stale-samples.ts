import { type Histogram, type Samples, StaleBits } from '@vigie/series';

/** Where a histogram's sum is put to look at its bits. */
const sum = new Float64Array(1);
const sumBits = new StaleBits(sum);

/** Whether a histogram says that its series ended: its sum is a stale marker. */
export function isStaleHistogram(histogram: Histogram): boolean {
  if (!Number.isNaN(histogram.sum)) return false;
  sum[0] = histogram.sum;
  return sumBits.at(0);
}

/** Tells of places of one series whether they are stale markers. */
export class StaleMarkers {
  readonly #samples: Samples;
  #bits: StaleBits | undefined;

  constructor(samples: Samples) {
    this.#samples = samples;
  }

  at(index: number): boolean {
    const { values, histograms } = this.#samples;
    const histogram = histograms?.[index];
    if (histogram !== undefined) return isStaleHistogram(histogram);
    const value = values[index] ?? 0;
    // No other value than NaN is itself no number: most are told without their bits.
    if (!Number.isNaN(value)) return false;
    this.#bits ??= new StaleBits(values);
    return this.#bits.at(index);
  }
}

/** The samples without stale markers: the same ones when there are none. */
export function withoutStale(samples: Samples): Samples {
  if (samples.histograms === null && !hasNaN(samples)) return samples;
  const stale = new StaleMarkers(samples);
  let first = 0;
  while (first < samples.count && !stale.at(first)) first++;
  if (first === samples.count) return samples;
  const kept: number[] = [];
  for (let at = 0; at < samples.count; at++) if (at < first || !stale.at(at)) kept.push(at);
  return pick(samples, kept);
}

function hasNaN({ values, count }: Samples): boolean {
  for (let at = 0; at < count; at++) if (Number.isNaN(values[at])) return true;
  return false;
}

/** The samples at some places. */
function pick(samples: Samples, places: readonly number[]): Samples {
  const { timestamps, values, histograms, startTimestamps } = samples;
  const column = (from: Float64Array): Float64Array => Float64Array.from(places, (at) => from[at] ?? 0);
  return {
    count: places.length,
    timestamps: column(timestamps),
    values: column(values),
    histograms: histograms === null ? null : places.map((at) => histograms[at]),
    startTimestamps: startTimestamps === null ? null : column(startTimestamps),
  };
}
