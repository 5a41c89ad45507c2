import { type Histogram, scaleHistogram } from '@vigie/series';
import {
  ABSENT,
  FLOAT,
  type MatrixValue,
  type RangeSeries,
  type Row,
  setFloat,
  setHistogram,
} from '../evaluate/columns.ts';
import type { Expression } from '../syntax/ast.ts';
import { quote } from '../syntax/quote.ts';
import { resetPlaces } from './counter-resets.ts';
import { extrapolation } from './extrapolation.ts';
import type { FunctionCall, FunctionEntry } from './function-entry.ts';
import { HistogramResets } from './histogram-resets.ts';
import { differenceOfHistograms, sayOf } from './histogram-windows.ts';
import { byKind, overSeries, sayMixed } from './over-floats.ts';

/** What a function of growth takes its samples for. */
interface Growth {
  /** A fall is a new beginning, and values are never below zero. */
  readonly counter: boolean;
  /** Growth in a second instead of in the range. */
  readonly perSecond: boolean;
}

export const RATES: readonly FunctionEntry[] = [
  growthFunction('rate', { counter: true, perSecond: true }),
  growthFunction('increase', { counter: true, perSecond: false }),
  growthFunction('delta', { counter: false, perSecond: false }),
];

function growthFunction(name: string, growth: Growth): FunctionEntry {
  return {
    name,
    args: ['matrix'],
    returns: 'vector',
    evaluate: (call) => {
      const matrix = call.matrix(0);
      const windows: Windows = {
        ...growth,
        range: matrix.range,
        ends: matrix.ends,
        edged: hasEdges(call.expression(0)),
      };
      return overSeries(call, matrix, (series, row) => grow(call, windows, series, row));
    },
  };
}

interface Windows extends Growth, Pick<MatrixValue, 'range' | 'ends'> {
  /** Samples at both ends have been made up: there is nothing to extrapolate. */
  readonly edged: boolean;
}

function hasEdges(expression: Expression): boolean {
  if (expression.kind === 'parentheses') return hasEdges(expression.expression);
  return expression.kind === 'matrixSelector' && expression.selector.edges !== null;
}

function grow(call: FunctionCall, windows: Windows, series: RangeSeries, row: Row): void {
  if (series.samples.histograms === null) growFloats(windows, series, row);
  else growByKind(call, windows, series, row);
  if (windows.counter && row.kinds.includes(FLOAT)) askWhetherCounter(call, series);
}

function growByKind(call: FunctionCall, windows: Windows, series: RangeSeries, row: Row): void {
  const { floats, histograms, mixed } = byKind(series);
  growFloats(windows, floats, row);
  growHistograms(call, windows, histograms, row, mixed);
  for (let step = 0; step < mixed.length; step++) {
    if (mixed[step] === 0) continue;
    row.kinds[step] = ABSENT;
    sayMixed(call, series);
  }
}

function growFloats(windows: Windows, series: RangeSeries, row: Row): void {
  const { samples, from, to } = series;
  const { values } = samples;
  const resets = windows.counter ? resetPlaces(samples) : [];
  let nextReset = 0;
  for (let step = 0; step < from.length; step++) {
    const first = from[step] ?? 0;
    const end = to[step] ?? 0;
    const beginning = beginningIn(windows, series, step);
    if (first >= end || (end - first < 2 && beginning === null)) continue;
    while (nextReset < resets.length && (resets[nextReset] ?? 0) <= first) nextReset++;
    const firstValue = beginning === null ? (values[first] ?? 0) : 0;
    let growth = (values[end - 1] ?? 0) - firstValue;
    for (let at = nextReset; at < resets.length; at++) {
      const place = resets[at] ?? 0;
      if (place >= end) break;
      growth += values[place - 1] ?? 0;
    }
    const sinceZero = windows.counter && growth > 0 && firstValue >= 0 ? firstValue / growth : Infinity;
    setFloat(row, step, growth * factor(windows, series, step, beginning, sinceZero));
  }
}

/** When the counter was zero, if the window's first sample says so and it is within the range (milliseconds). */
function beginningIn(
  { counter, range, ends }: Windows,
  { samples, from }: RangeSeries,
  step: number,
): number | null {
  if (!counter || samples.startTimestamps === null) return null;
  const first = from[step] ?? 0;
  const start = samples.startTimestamps[first] ?? 0;
  const rangeStart = (ends[step] ?? 0) - range;
  return start !== 0 && start >= rangeStart && start < (samples.timestamps[first] ?? 0) ? start : null;
}

/**
 * What the growth between a window's samples is multiplied by.
 * @param beginning where the growth is known to have begun, instead of the first sample.
 * @param sinceZero as many times as long as the samples' own time has passed since the counter was zero.
 */
function factor(
  { range, ends, edged, perSecond }: Windows,
  { samples, from, to }: RangeSeries,
  step: number,
  beginning: number | null,
  sinceZero: number,
): number {
  const { timestamps } = samples;
  const perUnit = perSecond ? range / 1000 : 1;
  if (edged) return 1 / perUnit;
  const end = to[step] ?? 0;
  const first = from[step] ?? 0;
  const firstTime = beginning ?? timestamps[first] ?? 0;
  const last = timestamps[end - 1] ?? 0;
  const gaps = end - first - (beginning === null ? 1 : 0);
  const mostBefore = beginning === null ? ((last - firstTime) / 1000) * sinceZero : 0;
  const rangeEnd = ends[step] ?? 0;
  return extrapolation(rangeEnd - range, rangeEnd, firstTime, last, gaps, mostBefore) / perUnit;
}

function growHistograms(
  call: FunctionCall,
  windows: Windows,
  series: RangeSeries,
  row: Row,
  mixed: Uint8Array,
): void {
  const { from, to, labels } = series;
  const histograms = series.samples.histograms ?? [];
  const { counter } = windows;
  const resets = counter ? new HistogramResets(series.samples) : null;
  const say = sayOf(call.context, labels.name, call.expression(0).span);
  for (let step = 0; step < from.length; step++) {
    const first = from[step] ?? 0;
    const end = to[step] ?? 0;
    const beginning = beginningIn(windows, series, step);
    if (mixed[step] === 1 || first >= end || (end - first < 2 && beginning === null)) continue;
    const zeroBefore = beginning !== null;
    const growth = differenceOfHistograms({ histograms, from: first, to: end }, { resets, zeroBefore }, say);
    if (growth === undefined) continue;
    const sinceZero = counter && !zeroBefore ? shareOf(histograms[first], growth) : Infinity;
    setHistogram(row, step, scaleHistogram(growth, factor(windows, series, step, beginning, sinceZero)));
  }
}

function shareOf(first: Histogram | undefined, growth: Histogram): number {
  return first !== undefined && growth.count > 0 && first.count >= 0 ? first.count / growth.count : Infinity;
}

/** What the names of counters and of their parts end in. */
const COUNTER_NAME = /(?:_total|_sum|_count|_bucket)$/;

function askWhetherCounter(call: FunctionCall, { labels: { name } }: RangeSeries): void {
  if (name === '' || COUNTER_NAME.test(name)) return;
  call.context.info(
    `metric might not be a counter, name does not end in _total/_sum/_count/_bucket: ${quote(name)}`,
    call.expression(0).span,
  );
}
