import type { Row, Steps } from './evaluate/columns.ts';
import type { Expression } from './syntax/ast.ts';

/** A question to the engine. Times are epoch milliseconds. */
export type Query = InstantQuery | RangeQuery;

interface QueryBase {
  /** The text, which annotations point into. */
  readonly text: string;
  /** Instead of the engine's. */
  readonly lookback?: number;
  /** Instead of the engine's; a longer one is cut to it. */
  readonly timeout?: number;
  /** Looked at while the query runs: true ends it. */
  readonly cancelled?: () => boolean;
}

export interface InstantQuery extends QueryBase {
  readonly time: number;
}

export interface RangeQuery extends QueryBase {
  readonly start: number;
  /** The last step is the greatest `start + k * step` that is not behind it. */
  readonly end: number;
  readonly step: number;
}

/** An answer in columns: whoever encodes it goes through them once. */
export interface QueryResult {
  readonly expression: Expression;
  /** A range query always gives `matrix`; an instant query gives it for range selectors and subqueries alone. */
  readonly result: Result;
  /** Without their prefix (`PromQL warning: `), with their place. */
  readonly warnings: readonly string[];
  readonly infos: readonly string[];
  readonly stats: QueryStats;
}

export type Result =
  | { readonly type: 'scalar'; readonly time: number; readonly value: number }
  | { readonly type: 'string'; readonly time: number; readonly value: string }
  /** Rows of one step, in the engine's order. */
  | { readonly type: 'vector'; readonly time: number; readonly rows: readonly Row[] }
  /** Rows sorted by labels, none of them empty. */
  | { readonly type: 'matrix'; readonly steps: Steps; readonly rows: readonly Row[] }
  /** Of an instant query: samples with their own times. */
  | { readonly type: 'samples'; readonly series: readonly SampleRow[] };

export interface SampleRow extends Pick<Row, 'labels' | 'values' | 'kinds' | 'histograms'> {
  /** Epoch milliseconds by place. */
  readonly timestamps: Float64Array;
}

export interface QueryStats {
  /** Samples read from the store. */
  readonly samplesRead: number;
  /** The most samples held at a time. */
  readonly peakSamples: number;
  /** Milliseconds. */
  readonly evaluationTime: number;
}
