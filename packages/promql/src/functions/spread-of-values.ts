import type { Samples } from '@vigie/series';
import { quantileOf } from '../evaluate/aggregations/quantiles.ts';
import { addTo } from './sums.ts';

/** The population variance of some samples, by running means. */
export function varianceOf({ values }: Samples, from: number, to: number): number {
  const mean = { sum: 0, lost: 0 };
  const squares = { sum: 0, lost: 0 };
  for (let at = from; at < to; at++) {
    const value = values[at] ?? 0;
    const distance = value - (mean.sum + mean.lost);
    addTo(mean, distance / (at - from + 1));
    addTo(squares, distance * (value - (mean.sum + mean.lost)));
  }
  return (squares.sum + squares.lost) / (to - from);
}

/** The median of the distances to the median. */
export function medianDeviationOf({ values }: Samples, from: number, to: number): number {
  const distances = values.slice(from, to);
  const median = quantileOf(distances, 0.5);
  return quantileOf(
    distances.map((value) => Math.abs(value - median)),
    0.5,
  );
}
