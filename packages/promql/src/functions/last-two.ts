import { divideHistogram } from '@vigie/series';
import { type RangeSeries, type Row, setFloat, setHistogram } from '../evaluate/columns.ts';
import { beganAnew } from './counter-resets.ts';
import type { FunctionCall, FunctionEntry } from './function-entry.ts';
import { lastDifference, type Say, sayOf } from './histogram-windows.ts';
import { overSeries, sayMixed } from './over-floats.ts';

export const LAST_TWO: readonly FunctionEntry[] = [
  lastTwoFunction('idelta', false),
  lastTwoFunction('irate', true),
];

/** The difference between the last two samples of each window; a counter's in a second, and never below zero. */
function lastTwoFunction(name: string, counter: boolean): FunctionEntry {
  return {
    name,
    args: ['matrix'],
    returns: 'vector',
    evaluate: (call) =>
      overSeries(call, call.matrix(0), (series, row) => {
        const say = sayOf(call.context, series.labels.name, call.expression(0).span);
        for (let step = 0; step < series.from.length; step++) {
          const last = (series.to[step] ?? 0) - 1;
          if (last - 1 >= (series.from[step] ?? 0)) difference(call, series, row, step, last, counter, say);
        }
      }),
  };
}

function difference(
  call: FunctionCall,
  series: RangeSeries,
  row: Row,
  step: number,
  last: number,
  counter: boolean,
  say: Say,
): void {
  const { values, timestamps, histograms } = series.samples;
  const divisor = counter ? ((timestamps[last] ?? 0) - (timestamps[last - 1] ?? 0)) / 1000 : 1;
  const before = histograms?.[last - 1];
  const after = histograms?.[last];
  if (before !== undefined && after !== undefined) {
    const grown = lastDifference(before, after, counter, say);
    if (grown !== undefined) setHistogram(row, step, divideHistogram(grown, divisor));
  } else if (before !== undefined || after !== undefined) sayMixed(call, series);
  else {
    const value = values[last] ?? 0;
    const reset = counter && (value < (values[last - 1] ?? 0) || beganAnew(series.samples, last));
    setFloat(row, step, (reset ? value : value - (values[last - 1] ?? 0)) / divisor);
  }
}
