import type { Histogram } from '@vigie/series';
import type { BatchRules } from './batch.ts';
import type { HeadReader } from './head-reader.ts';
import type { HeadSeries } from './head-series.ts';
import type { OpenChunks } from './open-chunks.ts';
import type { Outcome } from './outcome.ts';
import type { SeriesTable } from './series-table.ts';

/** Which times are taken, milliseconds. */
export interface TimeRules {
  /** How far behind its project's newest sample a sample may be. Source: half of the original's block. */
  readonly past: number;
  /** How far a sample may be behind the newest one of its own series; 0 takes none late. */
  readonly lateWindow: number;
}

/** Says what becomes of a sample, by its time and by what its series has. */
export class Judge implements BatchRules {
  /** Samples behind this time are too new. */
  horizon = Number.POSITIVE_INFINITY;
  /** Samples before this time are too old: blocks have them, or will have. */
  takenFrom = Number.NEGATIVE_INFINITY;
  readonly #rules: TimeRules;
  readonly #table: SeriesTable;
  readonly #open: OpenChunks;
  readonly #reader: HeadReader;

  constructor(rules: TimeRules, table: SeriesTable, open: OpenChunks, reader: HeadReader) {
    this.#rules = rules;
    this.#table = table;
    this.#open = open;
    this.#reader = reader;
  }

  judgeTime(series: HeadSeries, time: number): Outcome {
    if (time > this.horizon) return 'too_new';
    return this.#isTooOld(series, time) ? 'too_old' : 'stored';
  }

  judgeLate(series: HeadSeries, time: number, values: Float64Array, at: number): Outcome {
    if (this.#isTooOld(series, time)) return 'too_old';
    const { lateWindow } = this.#rules;
    if (lateWindow === 0 || time < this.#table.newest(series.project) - lateWindow) return 'out_of_order';
    return this.#reader.compare(series, time, values, at);
  }

  judgeNewest(series: HeadSeries, values: Float64Array, at: number): Outcome {
    if (series.count > 0) return this.#open.endsWith(series, values, at) ? 'same' : 'duplicate';
    const outcome = this.#reader.compare(series, series.lastTime, values, at);
    // Blocks have it, with whatever value.
    return outcome === 'stored' ? 'too_old' : outcome;
  }

  judgeNewestHistogram(series: HeadSeries, histogram: Histogram): Outcome {
    return this.#reader.hasHistogram(series, series.lastTime, histogram) ? 'same' : 'duplicate';
  }

  #isTooOld(series: HeadSeries, time: number): boolean {
    const { past, lateWindow } = this.#rules;
    return time < this.takenFrom || time < this.#table.newest(series.project) - Math.max(past, lateWindow);
  }
}
