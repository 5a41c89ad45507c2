import type { Samples } from '@vigie/series';
import {
  emptyRow,
  type MatrixValue,
  type RangeSeries,
  type Row,
  setFloat,
  type VectorValue,
} from '../evaluate/columns.ts';
import { unnamed } from '../evaluate/names.ts';
import { quote } from '../syntax/quote.ts';
import type { FunctionCall, FunctionEntry } from './function-entry.ts';

/** Computes a row from the windows of a series that has floats alone. */
export type Kernel = (floats: RangeSeries, row: Row) => void;

/** A function of the floats in a range; native histograms among them are left out, names go. */
export function overTime(name: string, kernel: Kernel, experimental = false): FunctionEntry {
  return {
    name,
    args: ['matrix'],
    returns: 'vector',
    experimental,
    evaluate: (call) => overFloats(call, 0, kernel),
  };
}

/** A row for each series of the range that is the argument at `place`. */
export function overFloats(call: FunctionCall, place: number, kernel: Kernel): VectorValue {
  return overSeries(call, call.matrix(place), (series, row) => kernel(floatsOf(series, call), row));
}

/** As `overFloats`, of whatever samples a series has. */
export function overSeries(call: FunctionCall, matrix: MatrixValue, kernel: Kernel): VectorValue {
  const { steps, delayedNameRemoval } = call.context;
  const rows: Row[] = [];
  for (const series of matrix.series) {
    const { labels, dropName } = unnamed(series, delayedNameRemoval);
    const row = emptyRow(labels, dropName, steps.count);
    kernel(series, row);
    rows.push(row);
  }
  return { type: 'vector', rows };
}

/** A kernel that looks at each window by itself; windows with fewer samples than `least` have no value. */
export function eachWindow(
  least: number,
  compute: (samples: Samples, from: number, to: number, step: number) => number,
): Kernel {
  return ({ samples, from, to }, row) => {
    for (let step = 0; step < from.length; step++) {
      const first = from[step] ?? 0;
      const end = to[step] ?? 0;
      if (end - first >= least) setFloat(row, step, compute(samples, first, end, step));
    }
  };
}

/** The series with its floats alone; says so where a window has both. */
function floatsOf(series: RangeSeries, call: FunctionCall): RangeSeries {
  if (series.samples.histograms === null) return series;
  const { floats, mixed } = byKind(series);
  if (mixed.includes(1)) {
    const { name } = series.labels;
    const metric = name === '' ? '' : ` for metric name ${quote(name)}`;
    const text = `ignored histograms in a range containing both floats and histograms${metric}`;
    call.context.info(text, call.expression(0).span);
  }
  return floats;
}

/** Says that a window has samples of both kinds, of which nothing can be made together. */
export function sayMixed(call: FunctionCall, { labels }: RangeSeries): void {
  const text = `encountered a mix of histograms and floats for metric name ${quote(labels.name)}`;
  call.context.warn(text, call.expression(0).span);
}

/** A series taken apart by what its samples are. */
export interface ByKind {
  readonly floats: RangeSeries;
  readonly histograms: RangeSeries;
  /** 1 at the steps whose window has both. */
  readonly mixed: Uint8Array;
}

/** Takes a series apart, each part with windows of its own. */
export function byKind(series: RangeSeries): ByKind {
  const isHistogram = (at: number): boolean => series.samples.histograms?.[at] !== undefined;
  const floats = only(series, (at) => !isHistogram(at));
  const histograms = only(series, isHistogram);
  const mixed = floats.from.map((from, step) =>
    Number(from < (floats.to[step] ?? 0) && (histograms.from[step] ?? 0) < (histograms.to[step] ?? 0)),
  );
  return {
    floats: { ...floats, samples: { ...floats.samples, histograms: null } },
    histograms,
    mixed: Uint8Array.from(mixed),
  };
}

/** The samples that are meant, with windows of what is left. */
function only(series: RangeSeries, isMeant: (index: number) => boolean): RangeSeries {
  const { samples, from, to } = series;
  const kept: number[] = [];
  const before = new Int32Array(samples.count + 1);
  for (let at = 0; at < samples.count; at++) {
    if (isMeant(at)) kept.push(at);
    before[at + 1] = kept.length;
  }
  const { startTimestamps, histograms } = samples;
  return {
    ...series,
    samples: {
      count: kept.length,
      timestamps: Float64Array.from(kept, (at) => samples.timestamps[at] ?? 0),
      values: Float64Array.from(kept, (at) => samples.values[at] ?? 0),
      histograms: histograms === null ? null : kept.map((at) => histograms[at]),
      startTimestamps:
        startTimestamps === null ? null : Float64Array.from(kept, (at) => startTimestamps[at] ?? 0),
    },
    from: from.map((at) => before[at] ?? 0),
    to: to.map((at) => before[at] ?? 0),
  };
}
