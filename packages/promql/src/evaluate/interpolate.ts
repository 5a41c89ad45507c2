import type { Samples } from '@vigie/series';

/** Which edge of a range is being made up, when the values are a counter's; null when they are any values. */
export type CounterEdge = 'left' | 'right' | null;

/**
 * The value at a time between two neighbouring samples, on the straight line through them. A counter that falls began
 * anew in between: at a left edge it rises from 0, at a right edge it goes on from what it had.
 */
export function interpolate(samples: Samples, at: number, time: number, edge: CounterEdge): number {
  const { timestamps, values } = samples;
  const startTime = timestamps[at] ?? 0;
  const endTime = timestamps[at + 1] ?? 0;
  const start = values[at] ?? 0;
  const end = values[at + 1] ?? 0;
  const began = edge !== null && end < start;
  const from = began && edge === 'left' ? 0 : start;
  const to = began && edge === 'right' ? end + start : end;
  return from + ((to - from) * (time - startTime)) / (endTime - startTime);
}
