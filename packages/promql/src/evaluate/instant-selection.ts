import type { Labels, Samples } from '@vigie/series';
import type { StoredSeries } from '../querier.ts';
import { emptyRow, type Row, type Steps, setFloat, setHistogram, timeOf } from './columns.ts';
import type { Limits } from './limits.ts';
import { type Shift, shifted } from './plan.ts';
import { StaleMarkers } from './stale-samples.ts';

/** What an instant selector gives for a sample: its value, or what functions on selectors ask for instead. */
export type Shows = 'value' | 'time' | 'startTime';

/** What all series of a selection are looked at with. */
export interface InstantSelection {
  readonly steps: Steps;
  readonly shift: Shift;
  /** Milliseconds. */
  readonly lookback: number;
  readonly shows: Shows;
}

/** At each step the newest sample within the lookback, none when it is a stale marker; rows without any are left out. */
export function selectInstants(
  series: readonly StoredSeries[],
  selection: InstantSelection,
  limits: Limits,
): readonly Row[] {
  const rows: Row[] = [];
  limits.allowCells(series.length, selection.steps.count);
  for (const each of series) {
    const samples = each.read();
    limits.read += samples.count;
    limits.work(samples.count);
    const row = selectRow(each.labels, samples, selection);
    if (row !== undefined) rows.push(row);
  }
  return rows;
}

function selectRow(labels: Labels, samples: Samples, selection: InstantSelection): Row | undefined {
  const { steps, shift, lookback, shows } = selection;
  const { timestamps, values, histograms, count } = samples;
  const stale = new StaleMarkers(samples);
  let row: Row | undefined;
  let next = 0;
  for (let step = 0; step < steps.count; step++) {
    const time = shifted(shift, timeOf(steps, step));
    while (next < count && (timestamps[next] ?? 0) <= time) next++;
    const newest = next - 1;
    if (newest < 0 || (timestamps[newest] ?? 0) <= time - lookback) continue;
    const value = values[newest] ?? 0;
    // Only what is no number can be a stale marker: most samples are done with here.
    const plain = histograms === null && !Number.isNaN(value);
    if (!plain && stale.at(newest)) continue;
    row ??= emptyRow(labels, false, steps.count);
    if (plain && shows === 'value') setFloat(row, step, value);
    else show(row, step, samples, newest, shows);
  }
  return row;
}

function show(row: Row, step: number, samples: Samples, at: number, shows: Shows): void {
  const { timestamps, startTimestamps, values, histograms } = samples;
  const histogram = histograms?.[at];
  if (shows === 'time') setFloat(row, step, (timestamps[at] ?? 0) / 1000);
  else if (shows === 'startTime') setFloat(row, step, (startTimestamps?.[at] ?? 0) / 1000);
  else if (histogram !== undefined) setHistogram(row, step, histogram);
  else setFloat(row, step, values[at] ?? 0);
}
