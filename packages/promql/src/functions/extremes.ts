import { type RangeSeries, type Row, setFloat } from '../evaluate/columns.ts';
import type { Kernel } from './over-floats.ts';

/** What is made of the sample that was found. */
export type Shows = 'value' | 'time';

/**
 * The greatest or the smallest float of each window, the newest of equal ones; NaN only where there is nothing else.
 * Whatever can no more be the greatest is forgotten, so that each sample is looked at twice at most.
 * @param direction 1 for the greatest, -1 for the smallest.
 */
export function extremes(direction: 1 | -1, shows: Shows): Kernel {
  return (series, row) => {
    const { samples, from, to } = series;
    const { values, timestamps } = samples;
    const candidates = new Int32Array(samples.count);
    let head = 0;
    let tail = 0;
    let next = 0;
    for (let step = 0; step < from.length; step++) {
      const first = from[step] ?? 0;
      const end = to[step] ?? 0;
      for (; next < end; next++) {
        const value = values[next] ?? 0;
        if (Number.isNaN(value)) continue;
        while (tail > head && isBeaten(values[candidates[tail - 1] ?? 0] ?? 0, value, direction)) tail--;
        candidates[tail++] = next;
      }
      while (head < tail && (candidates[head] ?? 0) < first) head++;
      if (first >= end) continue;
      const found = head < tail ? (candidates[head] ?? 0) : end - 1;
      setFloat(row, step, shows === 'value' ? (values[found] ?? 0) : (timestamps[found] ?? 0) / 1000);
    }
  };
}

/** The first or the last sample's time in each window, seconds. */
export function edgeTimes(edge: 'first' | 'last'): Kernel {
  return ({ samples, from, to }: RangeSeries, row: Row) => {
    for (let step = 0; step < from.length; step++) {
      const first = from[step] ?? 0;
      const end = to[step] ?? 0;
      const at = edge === 'first' ? first : end - 1;
      if (first < end) setFloat(row, step, (samples.timestamps[at] ?? 0) / 1000);
    }
  };
}

/** Compared and not subtracted: two infinities have no difference. */
function isBeaten(before: number, value: number, direction: 1 | -1): boolean {
  return direction === 1 ? before <= value : before >= value;
}
