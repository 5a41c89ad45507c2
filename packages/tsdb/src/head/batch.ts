import type { Histogram } from '@vigie/series';
import { sameBits } from '../bytes/same-bits.ts';
import { SampleColumns } from '../sample-columns.ts';
import type { HeadSeries } from './head-series.ts';
import type { Outcome } from './outcome.ts';

/** What a batch asks the head about a sample. */
export interface BatchRules {
  /** Of a sample that is newer than all of its series: is it within the times that are taken? */
  judgeTime(series: HeadSeries, time: number): Outcome;
  /** Of a float that is not: is it there, may it come late? */
  judgeLate(series: HeadSeries, time: number, values: Float64Array, at: number): Outcome;
  /** The bits of the newest sample of a series are these. */
  isNewest(series: HeadSeries, values: Float64Array, at: number): boolean;
}

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
    const outcome = this.#judge(series, time, this.#one.values);
    if (outcome !== 'stored') return outcome;
    this.#samples.copy(this.#one, 0);
    this.#put(series);
    return outcome;
  }

  /** Adds a histogram; one that is not newer than its series is refused. */
  addHistogram(series: HeadSeries, time: number, histogram: Histogram): Outcome {
    const outcome = time > this.#newest(series) ? this.#rules.judgeTime(series, time) : 'out_of_order';
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
  }

  #judge(series: HeadSeries, time: number, values: Float64Array): Outcome {
    const newest = this.#newest(series);
    if (time > newest) return this.#rules.judgeTime(series, time);
    if (time < newest) return this.#rules.judgeLate(series, time, values, 0);
    const place = this.#places.get(series);
    const same =
      place === undefined
        ? this.#rules.isNewest(series, values, 0)
        : sameBits(this.#samples.values, place, values, 0);
    return same ? 'same' : 'duplicate';
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
  }
}
