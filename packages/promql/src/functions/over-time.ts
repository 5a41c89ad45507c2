import {
  ABSENT,
  FLOAT,
  type RangeSeries,
  type Row,
  setHistogram,
  type VectorValue,
} from '../evaluate/columns.ts';
import { edgeTimes, extremes } from './extremes.ts';
import type { FunctionCall, FunctionEntry } from './function-entry.ts';
import {
  averageOfHistograms,
  type HistogramWindow,
  type Say,
  sayOf,
  sumOfHistograms,
} from './histogram-windows.ts';
import { byKind, eachWindow, type Kernel, overSeries, overTime, sayMixed } from './over-floats.ts';
import { quantileOverTime } from './quantile-over-time.ts';
import { medianDeviationOf, varianceOf } from './spread-of-values.ts';
import { averageWindows, sumWindows } from './sums.ts';

export const OVER_TIME: readonly FunctionEntry[] = [
  addingUp('sum_over_time', sumWindows, sumOfHistograms),
  addingUp('avg_over_time', averageWindows, averageOfHistograms),
  overTime('min_over_time', extremes(-1, 'value')),
  overTime('max_over_time', extremes(1, 'value')),
  overTime(
    'stddev_over_time',
    eachWindow(1, (samples, from, to) => Math.sqrt(varianceOf(samples, from, to))),
  ),
  overTime('stdvar_over_time', eachWindow(1, varianceOf)),
  overTime('mad_over_time', eachWindow(1, medianDeviationOf), true),
  overTime('ts_of_min_over_time', extremes(-1, 'time'), true),
  overTime('ts_of_max_over_time', extremes(1, 'time'), true),
  quantileOverTime,
  ofAnySample(
    'count_over_time',
    eachWindow(1, (_, from, to) => to - from),
  ),
  ofAnySample(
    'present_over_time',
    eachWindow(1, () => 1),
  ),
  ofAnySample('ts_of_first_over_time', edgeTimes('first'), true),
  ofAnySample('ts_of_last_over_time', edgeTimes('last'), true),
  oneSample('first_over_time', (from) => from),
  oneSample('last_over_time', (_, to) => to - 1),
];

/** Floats and native histograms are the same to it. */
function ofAnySample(name: string, kernel: Kernel, experimental = false): FunctionEntry {
  return {
    name,
    args: ['matrix'],
    returns: 'vector',
    experimental,
    evaluate: (call) => overSeries(call, call.matrix(0), kernel),
  };
}

/** Gives one sample of each window as it is, with its metric's name. */
function oneSample(name: string, placeOf: (from: number, to: number) => number): FunctionEntry {
  return {
    name,
    args: ['matrix'],
    returns: 'vector',
    evaluate: (call) => {
      const rows: Row[] = [];
      for (const series of call.matrix(0).series) rows.push(pick(series, placeOf));
      return { type: 'vector', rows };
    },
  };
}

function pick(
  { labels, dropName, samples, from, to }: RangeSeries,
  placeOf: (from: number, to: number) => number,
): Row {
  const count = from.length;
  const row: Row = {
    labels,
    dropName,
    values: new Float64Array(count),
    kinds: new Uint8Array(count).fill(ABSENT),
    histograms: null,
  };
  for (let step = 0; step < count; step++) {
    const first = from[step] ?? 0;
    const end = to[step] ?? 0;
    if (first >= end) continue;
    const at = placeOf(first, end);
    const histogram = samples.histograms?.[at];
    if (histogram !== undefined) setHistogram(row, step, histogram);
    else {
      row.values[step] = samples.values[at] ?? 0;
      row.kinds[step] = FLOAT;
    }
  }
  return row;
}

/** Adds floats or adds histograms; a window with both gives nothing. */
function addingUp(
  name: string,
  floatKernel: Kernel,
  ofHistograms: (window: HistogramWindow, say: Say) => ReturnType<typeof sumOfHistograms>,
): FunctionEntry {
  return {
    name,
    args: ['matrix'],
    returns: 'vector',
    evaluate: (call): VectorValue =>
      overSeries(call, call.matrix(0), (series, row) => {
        if (series.samples.histograms === null) floatKernel(series, row);
        else addByKind(call, series, row, floatKernel, ofHistograms);
      }),
  };
}

function addByKind(
  call: FunctionCall,
  series: RangeSeries,
  row: Row,
  floatKernel: Kernel,
  ofHistograms: (window: HistogramWindow, say: Say) => ReturnType<typeof sumOfHistograms>,
): void {
  const { floats, histograms, mixed } = byKind(series);
  floatKernel(floats, row);
  const say = sayOf(call.context, series.labels.name, call.expression(0).span);
  for (let step = 0; step < mixed.length; step++) {
    const from = histograms.from[step] ?? 0;
    const to = histograms.to[step] ?? 0;
    if (mixed[step] === 1) {
      row.kinds[step] = ABSENT;
      sayMixed(call, series);
    } else if (from < to) {
      const total = ofHistograms({ histograms: histograms.samples.histograms ?? [], from, to }, say);
      if (total !== undefined) setHistogram(row, step, total);
    }
  }
}
