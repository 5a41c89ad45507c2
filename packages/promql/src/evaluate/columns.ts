import type { Histogram, Labels, Samples } from '@vigie/series';
import { byteColumn, floatColumn } from './column-memory.ts';

/** The instants of an evaluation: start, start + step, ... (epoch milliseconds). An instant query has one. */
export interface Steps {
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

/** The time of a step, epoch milliseconds. */
export function timeOf(steps: Steps, index: number): number {
  return steps.start + steps.step * index;
}

/** What a row has at a step. NaN is a value like any other, so presence is a column of its own. */
export const ABSENT = 0;
export const FLOAT = 1;
export const HISTOGRAM = 2;

/** One series of a result over all steps. Whoever made a row may change it; whoever was handed one may not. */
export interface Row {
  readonly labels: Labels;
  /** The name is to go at the end of the query (delayed name removal); without that it has gone already. */
  readonly dropName: boolean;
  /** Floats by step; without meaning where `kinds` is not FLOAT. */
  readonly values: Float64Array;
  /** ABSENT, FLOAT or HISTOGRAM by step. */
  readonly kinds: Uint8Array;
  /** Histograms by step where `kinds` is HISTOGRAM; null when the row has none. */
  histograms: (Histogram | undefined)[] | null;
}

/** A row with nothing at any step. */
export function emptyRow(labels: Labels, dropName: boolean, count: number): Row {
  return {
    labels,
    dropName,
    values: floatColumn(count),
    kinds: byteColumn(count),
    histograms: null,
  };
}

export function setFloat(row: Row, step: number, value: number): void {
  row.values[step] = value;
  row.kinds[step] = FLOAT;
}

export function setHistogram(row: Row, step: number, histogram: Histogram): void {
  row.histograms ??= new Array<Histogram | undefined>(row.values.length).fill(undefined);
  row.histograms[step] = histogram;
  row.kinds[step] = HISTOGRAM;
}

/** The value of an expression over all steps. */
export type Value = ScalarValue | StringValue | VectorValue | MatrixValue;

export interface ScalarValue {
  readonly type: 'scalar';
  /** By step. */
  readonly values: Float64Array;
}

export interface StringValue {
  readonly type: 'string';
  readonly value: string;
}

/** Rows in the engine's order, no two with one label set at one step (checked where names go). */
export interface VectorValue {
  readonly type: 'vector';
  readonly rows: readonly Row[];
}

/** A range vector: the argument of functions over time. */
export interface MatrixValue {
  readonly type: 'matrix';
  /** One after another, each valid until the next is asked for; to be gone through once. */
  readonly series: Iterable<RangeSeries>;
  /** The length of the range, milliseconds. */
  readonly range: number;
  /** The right edges by step, epoch milliseconds, after offset and `@`; the left one is `range` before it. */
  readonly ends: Float64Array;
}

/** The samples of one series, and which of them are in the range at each step. */
export interface RangeSeries {
  readonly labels: Labels;
  readonly dropName: boolean;
  /** Times rising, stale markers taken out. */
  readonly samples: Samples;
  /** The first sample in the range by step. Neither column ever falls from a step to the next. */
  readonly from: Int32Array;
  /** One behind the last sample in the range by step; equal to `from` when the range is empty. */
  readonly to: Int32Array;
}
