import type { Samples } from '@vigie/series';
import type { StoredSeries } from '../querier.ts';
import type { MatrixValue, RangeSeries } from './columns.ts';
import { EdgedWindows, type Edges, requireFloats } from './edges.ts';
import type { Limits } from './limits.ts';
import { withoutStale } from './stale-samples.ts';
import { fillWindows } from './windows.ts';

/** The windows of all series of a selection. */
export interface RangeSelection {
  /** The right edges by step, epoch milliseconds. */
  readonly ends: Float64Array;
  /** Milliseconds. */
  readonly range: number;
  /** Null when the windows have just the samples that lie in them. */
  readonly edges: Edges | null;
}

/** The samples in `(end - range, end]` of each step; series without any are left out. */
export function selectRanges(
  series: readonly StoredSeries[],
  selection: RangeSelection,
  limits: Limits,
): MatrixValue {
  const { range, ends } = selection;
  return { type: 'matrix', range, ends, series: windowsOf(series, selection, limits) };
}

function* windowsOf(
  series: readonly StoredSeries[],
  { ends, range, edges }: RangeSelection,
  limits: Limits,
): Generator<RangeSeries> {
  const from = new Int32Array(ends.length);
  const to = new Int32Array(ends.length);
  for (const each of series) {
    const samples = withoutStale(each.read());
    limits.read += samples.count;
    if (edges !== null) {
      yield edged(each, samples, ends, range, edges, limits);
      continue;
    }
    const most = fillWindows(samples, ends, range, from, to);
    if (most === 0) continue;
    limits.hold(most);
    limits.work(samples.count);
    yield { labels: each.labels, dropName: false, samples, from, to };
    limits.release(most);
  }
}

function edged(
  { labels }: StoredSeries,
  samples: Samples,
  ends: Float64Array,
  range: number,
  edges: Edges,
  limits: Limits,
): RangeSeries {
  requireFloats(samples);
  const windows = new EdgedWindows(samples, ends, range, edges);
  limits.work(windows.samples.count);
  return { labels, dropName: false, samples: windows.samples, from: windows.from, to: windows.to };
}
