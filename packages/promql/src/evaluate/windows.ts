import type { Samples } from '@vigie/series';

/**
 * Finds the samples of `(end - range, end]` for each end, in one pass, as the ends never fall.
 * @returns the most samples that one of them has.
 */
export function fillWindows(
  { timestamps, count }: Samples,
  ends: Float64Array,
  range: number,
  from: Int32Array,
  to: Int32Array,
): number {
  let first = 0;
  let next = 0;
  let most = 0;
  for (let step = 0; step < ends.length; step++) {
    const end = ends[step] ?? 0;
    const start = end - range;
    while (next < count && (timestamps[next] ?? 0) <= end) next++;
    while (first < next && (timestamps[first] ?? 0) <= start) first++;
    from[step] = first;
    to[step] = next;
    if (next - first > most) most = next - first;
  }
  return most;
}
