import type { Histogram, Samples } from '@vigie/series';
import {
  ABSENT,
  HISTOGRAM,
  type MatrixValue,
  type RangeSeries,
  type Row,
  type Steps,
  timeOf,
} from './columns.ts';
import type { Limits } from './limits.ts';
import { fillWindows } from './windows.ts';

/** The values of an expression at its own steps, as samples in the windows of the steps around it. */
export function windowsOver(
  rows: readonly Row[],
  steps: Steps,
  ends: Float64Array,
  range: number,
  limits: Limits,
): MatrixValue {
  return { type: 'matrix', range, ends, series: windowsOf(rows, steps, ends, range, limits) };
}

function* windowsOf(
  rows: readonly Row[],
  steps: Steps,
  ends: Float64Array,
  range: number,
  limits: Limits,
): Generator<RangeSeries> {
  const from = new Int32Array(ends.length);
  const to = new Int32Array(ends.length);
  for (const row of rows) {
    const samples = samplesOf(row, steps);
    limits.work(samples.count);
    if (fillWindows(samples, ends, range, from, to) === 0) continue;
    yield { labels: row.labels, dropName: row.dropName, samples, from, to };
  }
}

function samplesOf({ kinds, values, histograms }: Row, steps: Steps): Samples {
  const timestamps = new Float64Array(steps.count);
  const present = new Float64Array(steps.count);
  const found: (Histogram | undefined)[] | null = histograms === null ? null : [];
  let count = 0;
  for (let step = 0; step < steps.count; step++) {
    const kind = kinds[step] ?? ABSENT;
    if (kind === ABSENT) continue;
    timestamps[count] = timeOf(steps, step);
    present[count] = values[step] ?? 0;
    if (found !== null) found[count] = kind === HISTOGRAM ? withoutHint(histograms?.[step]) : undefined;
    count++;
  }
  return { count, timestamps, values: present, histograms: found, startTimestamps: null };
}

/** Steps may pass over samples or meet one twice: whether a counter began anew has to be told by its counts. */
function withoutHint(histogram: Histogram | undefined): Histogram | undefined {
  const hint = histogram?.counterResetHint;
  if (histogram === undefined || hint === 'gauge' || hint === 'unknown') return histogram;
  return { ...histogram, counterResetHint: 'unknown' };
}
