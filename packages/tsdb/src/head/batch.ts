import { equalHistograms, type Histogram } from '@vigie/series';
import { sameBits } from '../bytes/same-bits.ts';
import { checkHistogram } from '../chunk/histograms.ts';
import { SampleColumns } from '../sample-columns.ts';
import type { HeadSeries } from './head-series.ts';
import type { Outcome } from './outcome.ts';

/** What a batch asks the head about a sample. */
export interface BatchRules {
  /** Of a sample that is newer than all of its series: is it within the times that are taken? */
  judgeTime(series: HeadSeries, time: number): Outcome;
  /** Of a float that is not: is it there, may it come late? */
  judgeLate(series: HeadSeries, time: number, values: Float64Array, at: number): Outcome;
  /** Of a float at the time of its series' newest sample: is it that one? */
  judgeNewest(series: HeadSeries, values: Float64Array, at: number): Outcome;
  /** As `judgeNewest`, of a histogram. */
  judgeNewestHistogram(series: HeadSeries, histogram: Histogram): Outcome;
}

/** Times behind or before this cannot be written: differences of two of them have to fit into 52 bits. */
const FARTHEST = 2 ** 50;

/**
 * Samples that are taken together or not at all: each is judged when it is added, as if those before it had been
 * taken already, and nothing is changed until the head applies the batch.
 */
export class Batch {
  readonly #rules: BatchRules;
  readonly #series: HeadSeries[] = [];
  readonly #samples = new SampleColumns(64);
  /** The last place in this batch of each series that has more than its newest sample in it. */
  readonly #places = new Map<HeadSeries, number>();
  readonly #one = new SampleColumns(1);
  /** The places in this batch by series and time, once a late sample came. */
  #byTime: Map<HeadSeries, Map<number, number>> | null = null;

  constructor(rules: BatchRules) {
    this.#rules = rules;
  }

  get size(): number {
    return this.#series.length;
  }

  /** Adds a float. Unless the outcome is `stored` the batch is as before. */
  add(series: HeadSeries, time: number, value: number, stale: boolean): Outcome {
    this.#one.clear();
    if (stale) this.#one.pushStale(time);
    else this.#one.push(time, value);
    const outcome = beyond(time) ?? this.#judge(series, time, this.#one.values);
    if (outcome !== 'stored') return outcome;
    this.#samples.copy(this.#one, 0);
    this.#put(series);
    return outcome;
  }

  /**
   * Adds a histogram; one that is older than its series is refused.
   * @throws {RangeError} when it cannot be written; the batch is as before.
   */
  addHistogram(series: HeadSeries, time: number, histogram: Histogram): Outcome {
    checkHistogram(histogram);
    const outcome = beyond(time) ?? this.#judgeHistogram(series, time, histogram);
    if (outcome !== 'stored') return outcome;
    this.#samples.pushHistogram(time, histogram);
    this.#put(series);
    return outcome;
  }

  /** Hands over all that was added, in order. */
  handOver(take: (series: HeadSeries, samples: SampleColumns, at: number) => void): void {
    for (const [at, series] of this.#series.entries()) take(series, this.#samples, at);
  }

  /** Forgets all that was added. */
  clear(): void {
    this.#series.length = 0;
    this.#samples.clear();
    this.#places.clear();
    this.#byTime = null;
  }

  #judgeHistogram(series: HeadSeries, time: number, histogram: Histogram): Outcome {
    const newest = this.#newest(series);
    if (time > newest) return this.#rules.judgeTime(series, time);
    if (time < newest) return 'out_of_order';
    const place = this.#places.get(series);
    if (place === undefined) return this.#rules.judgeNewestHistogram(series, histogram);
    const known = this.#samples.histograms?.[place];
    return known !== undefined && equalHistograms(known, histogram) ? 'same' : 'duplicate';
  }

  #judge(series: HeadSeries, time: number, values: Float64Array): Outcome {
    const newest = this.#newest(series);
    if (time > newest) return this.#rules.judgeTime(series, time);
    if (time < newest) return this.#judgeLate(series, time, values);
    const place = this.#places.get(series);
    return place === undefined ? this.#rules.judgeNewest(series, values, 0) : this.#compare(place, values);
  }

  #judgeLate(series: HeadSeries, time: number, values: Float64Array): Outcome {
    const outcome = this.#rules.judgeLate(series, time, values, 0);
    if (outcome !== 'stored') return outcome;
    if (this.#byTime === null) {
      this.#byTime = new Map();
      for (const place of this.#series.keys()) this.#index(place);
    }
    const place = this.#byTime.get(series)?.get(time);
    return place === undefined ? outcome : this.#compare(place, values);
  }

  /** A float beside the sample of this batch that has its series and time. */
  #compare(place: number, values: Float64Array): Outcome {
    const float = this.#samples.histograms?.[place] === undefined;
    return float && sameBits(this.#samples.values, place, values, 0) ? 'same' : 'duplicate';
  }

  #index(place: number): void {
    const series = this.#series[place];
    if (series === undefined || this.#byTime === null) return;
    const times = this.#byTime.get(series) ?? new Map<number, number>();
    this.#byTime.set(series, times.set(this.#samples.timestamps[place] ?? 0, place));
  }

  #newest(series: HeadSeries): number {
    const place = this.#places.get(series);
    return place === undefined
      ? series.lastTime
      : Math.max(series.lastTime, this.#samples.timestamps[place] ?? Number.NEGATIVE_INFINITY);
  }

  #put(series: HeadSeries): void {
    const place = this.#series.push(series) - 1;
    const time = this.#samples.timestamps[place] ?? 0;
    if (time > this.#newest(series)) this.#places.set(series, place);
    this.#index(place);
  }
}

/** What becomes of a sample whose time is so far off that it cannot be written; null for any other. */
function beyond(time: number): Outcome | null {
  if (Math.abs(time) < FARTHEST) return null;
  return time < 0 ? 'too_old' : 'too_new';
}
