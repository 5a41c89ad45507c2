import type { Log } from '../log/log.ts';
import {
  HistogramsWriter,
  keptFromBody,
  RECORD,
  SamplesWriter,
  type SeriesRecord,
  SeriesWriter,
} from '../log/records.ts';
import type { SampleColumns } from '../sample-columns.ts';
import type { HeadSeries } from './head-series.ts';

/** Writes what the head takes to the log, in the order that reading it needs. */
export class SampleLog {
  readonly #log: Log;
  readonly #series: SeriesWriter;
  readonly #samples: SamplesWriter;
  readonly #late: SamplesWriter;
  readonly #histograms: HistogramsWriter;

  constructor(log: Log) {
    this.#log = log;
    this.#series = new SeriesWriter((body) => log.add(body));
    // A series stands in the log before its samples.
    const take = (body: Uint8Array): void => {
      this.#series.end();
      log.add(body);
    };
    this.#samples = new SamplesWriter(RECORD.samples, take);
    this.#late = new SamplesWriter(RECORD.lateSamples, take);
    this.#histograms = new HistogramsWriter(take);
  }

  /** Bytes that wait to be written. */
  get pending(): number {
    return this.#log.pending;
  }

  addSeries(series: SeriesRecord): void {
    this.#series.add(series);
  }

  /** Adds a sample that is behind all others of its series. */
  add(series: HeadSeries, samples: SampleColumns, at: number): void {
    const time = samples.timestamps[at] ?? 0;
    const histogram = samples.histograms?.[at];
    // What was added of the other kind comes first in the log too: there a series' times rise.
    if (histogram === undefined) {
      this.#histograms.end();
      this.#samples.add(series.ref, time, samples.values, at);
    } else {
      this.#samples.end();
      this.#histograms.add(series.ref, time, histogram);
    }
  }

  /** Adds a float that is not. */
  addLate(series: HeadSeries, samples: SampleColumns, at: number): void {
    this.#late.add(series.ref, samples.timestamps[at] ?? 0, samples.values, at);
  }

  /** Adds that what lies before a time is forgotten. */
  addKeptFrom(time: number): void {
    this.#log.add(keptFromBody(time));
  }

  /**
   * Returns when everything added is on the disk.
   * @throws what the disk says; it is written with the next commit.
   */
  commit(): void {
    this.#series.end();
    this.#samples.end();
    this.#histograms.end();
    this.#late.end();
    this.#log.commit();
  }
}
