import { SampleColumns } from './sample-columns.ts';

/** Merges two runs of samples by time; of equal times the first run's stays. */
export function mergeSamples(a: SampleColumns, b: SampleColumns): SampleColumns {
  const merged = new SampleColumns(a.count + b.count);
  let [at, bt] = [0, 0];
  while (at < a.count || bt < b.count) {
    const left = at < a.count ? (a.timestamps[at] ?? 0) : Number.POSITIVE_INFINITY;
    const right = bt < b.count ? (b.timestamps[bt] ?? 0) : Number.POSITIVE_INFINITY;
    if (left <= right) merged.copy(a, at++);
    else merged.copy(b, bt++);
    if (left === right) bt += 1;
  }
  return merged;
}
