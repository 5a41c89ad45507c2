/** What a family of series counts, in the order of remote write's numbers. Text calls `unknown` untyped. */
export const METRIC_TYPES = [
  'unknown',
  'counter',
  'gauge',
  'histogram',
  'gaugehistogram',
  'summary',
  'info',
  'stateset',
] as const;
export type MetricType = (typeof METRIC_TYPES)[number];

/** An example of what a sample counted. */
export interface Exemplar {
  /** Name, value, name, value, ... as written. */
  readonly labels: readonly string[];
  readonly value: number;
  /** Epoch milliseconds; null where none is given. */
  readonly timestamp: number | null;
}

/** One sample as it stands in a text; valid only within the call that hands it over. */
export interface TextSample {
  /**
   * The series as written, with the name and all labels: equal texts under the same types mean the same series, so
   * that a reader may remember what it stands for. Part of the whole text until `labels` was called: who remembers
   * it takes it after that, or keeps the whole text in memory.
   */
  readonly series: string;
  /**
   * Name, value, name, value, ..., the metric's name as `__name__` first; the rest in the text's order. Bounds (`le`)
   * and quantiles of families known to be histograms and summaries are written as floats.
   * @throws {ExpositionError} when a label comes twice.
   */
  labels(): string[];
  readonly value: number;
  /** Epoch milliseconds; null where none is given. */
  readonly timestamp: number | null;
  readonly exemplar: Exemplar | null;
}

/** Takes what a text says, in its order. What it throws ends the reading. */
export interface ExpositionSink {
  type?(family: string, type: MetricType): void;
  help?(family: string, text: string): void;
  unit?(family: string, unit: string): void;
  sample(sample: TextSample): void;
}
