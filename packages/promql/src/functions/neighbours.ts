import { equalHistograms, isReset, type Samples } from '@vigie/series';
import { type RangeSeries, type Row, setFloat } from '../evaluate/columns.ts';
import { beganAnew } from './counter-resets.ts';
import type { FunctionEntry } from './function-entry.ts';
import { overSeries } from './over-floats.ts';

/** Counts the pairs of neighbouring samples in each window of which something holds. */
function countingPairs(name: string, holds: (samples: Samples, at: number) => boolean): FunctionEntry {
  return {
    name,
    args: ['matrix'],
    returns: 'vector',
    evaluate: (call) => overSeries(call, call.matrix(0), (series, row) => countPairs(series, row, holds)),
  };
}

export const NEIGHBOURS: readonly FunctionEntry[] = [
  countingPairs('changes', isChange),
  countingPairs('resets', isNewBeginning),
];

/** Whole numbers that are added up once: the difference of two of them is exact. */
function countPairs(
  { samples, from, to }: RangeSeries,
  row: Row,
  holds: (samples: Samples, at: number) => boolean,
): void {
  const before = new Int32Array(samples.count + 1);
  for (let at = 0; at < samples.count; at++)
    before[at + 1] = (before[at] ?? 0) + Number(at > 0 && holds(samples, at));
  for (let step = 0; step < from.length; step++) {
    const first = from[step] ?? 0;
    const end = to[step] ?? 0;
    if (first < end) setFloat(row, step, (before[end] ?? 0) - (before[first + 1] ?? 0));
  }
}

function isChange({ values, histograms }: Samples, at: number): boolean {
  const before = histograms?.[at - 1];
  const after = histograms?.[at];
  if (before !== undefined && after !== undefined) return !equalHistograms(before, after);
  if (before !== undefined || after !== undefined) return true;
  const left = values[at - 1] ?? 0;
  const right = values[at] ?? 0;
  return left !== right && !(Number.isNaN(left) && Number.isNaN(right));
}

function isNewBeginning(samples: Samples, at: number): boolean {
  const before = samples.histograms?.[at - 1];
  const after = samples.histograms?.[at];
  if (samples.startTimestamps !== null && beganAnew(samples, at)) return true;
  if (before !== undefined && after !== undefined) return isReset(before, after);
  if (before !== undefined || after !== undefined) return true;
  return (samples.values[at] ?? 0) < (samples.values[at - 1] ?? 0);
}
