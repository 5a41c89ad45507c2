import type { Labels, Samples } from '@vigie/series';
import type { StoredSeries } from '../querier.ts';
import { emptyRow, type Row, setFloat, timeOf } from './columns.ts';
import { requireFloats } from './edges.ts';
import type { InstantSelection } from './instant-selection.ts';
import { interpolate } from './interpolate.ts';
import type { Limits } from './limits.ts';
import { shifted } from './plan.ts';
import { withoutStale } from './stale-samples.ts';

/**
 * At each step the value on the line between the samples before and behind it, both within the lookback; without one
 * behind, the one before.
 * @throws {ExecutionError} with native histograms.
 */
export function selectSmoothed(
  series: readonly StoredSeries[],
  selection: InstantSelection,
  limits: Limits,
): readonly Row[] {
  const rows: Row[] = [];
  limits.allowCells(series.length, selection.steps.count);
  for (const each of series) {
    const samples = withoutStale(each.read());
    limits.read += samples.count;
    limits.work(samples.count);
    requireFloats(samples);
    const row = smoothedRow(each.labels, samples, selection);
    if (row !== undefined) rows.push(row);
  }
  return rows;
}

function smoothedRow(labels: Labels, samples: Samples, selection: InstantSelection): Row | undefined {
  const { steps, shift, lookback } = selection;
  const { timestamps, count } = samples;
  let row: Row | undefined;
  let next = 0;
  for (let step = 0; step < steps.count; step++) {
    const time = shifted(shift, timeOf(steps, step));
    while (next < count && (timestamps[next] ?? 0) <= time) next++;
    const before = next - 1;
    if (before < 0 || (timestamps[before] ?? 0) <= time - lookback) continue;
    row ??= emptyRow(labels, false, steps.count);
    const exact = timestamps[before] === time;
    const alone = next >= count || (timestamps[next] ?? 0) > time + lookback;
    const value = exact || alone ? (samples.values[before] ?? 0) : interpolate(samples, before, time, null);
    setFloat(row, step, value);
  }
  return row;
}
