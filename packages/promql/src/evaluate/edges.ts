import type { Samples } from '@vigie/series';
import type { EdgeMode } from '../syntax/ast.ts';
import { ExecutionError } from './execution-error.ts';
import { interpolate } from './interpolate.ts';

/** How ranges get a sample at each of their ends. */
export interface Edges {
  readonly mode: EdgeMode;
  /** Milliseconds that are looked at before the range, and behind it when smoothed. */
  readonly lookback: number;
  /** Whether the values are a counter's. */
  readonly counter: boolean;
}

/** @throws {ExecutionError} when a series has native histograms, which have no edges. */
export function requireFloats({ count, histograms }: Samples): void {
  for (let at = 0; at < count; at++)
    if (histograms?.[at] !== undefined)
      throw new ExecutionError('smoothed and anchored modifiers do not work with native histograms');
}

/**
 * Windows of one series with made-up samples at their edges, one window behind the other in the same columns: neither
 * edge is another window's sample.
 */
export class EdgedWindows {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly #timestamps: number[] = [];
  readonly #values: number[] = [];

  constructor(samples: Samples, ends: Float64Array, range: number, edges: Edges) {
    this.from = new Int32Array(ends.length);
    this.to = new Int32Array(ends.length);
    let first = 0;
    let next = 0;
    for (let step = 0; step < ends.length; step++) {
      const end = ends[step] ?? 0;
      const reach = edges.mode === 'smoothed' ? end + edges.lookback : end;
      while (next < samples.count && (samples.timestamps[next] ?? 0) <= reach) next++;
      while (first < next && (samples.timestamps[first] ?? 0) <= end - range - edges.lookback) first++;
      this.from[step] = this.#values.length;
      if (first < next) this.#add(samples, first, next, end - range, end, edges);
      this.to[step] = this.#values.length;
    }
  }

  get samples(): Samples {
    return {
      count: this.#values.length,
      timestamps: Float64Array.from(this.#timestamps),
      values: Float64Array.from(this.#values),
      histograms: null,
      startTimestamps: null,
    };
  }

  /** One window: `first` to `next` are the samples in reach of it. */
  #add(samples: Samples, first: number, next: number, start: number, end: number, edges: Edges): void {
    const { timestamps, values } = samples;
    const timeAt = (at: number): number => timestamps[at] ?? 0;
    let left = first;
    while (left + 1 < next && timeAt(left + 1) <= start) left++;
    let right = next - 1;
    if (edges.mode === 'smoothed') while (right > left && timeAt(right - 1) >= end) right--;
    if (timeAt(right) <= start) return;
    this.#push(start, leftValue(samples, left, start, edges));
    for (let at = left; at <= right; at++)
      if (timeAt(at) > start && timeAt(at) < end) this.#push(timeAt(at), values[at] ?? 0);
    this.#push(end, rightValue(samples, right, end, right > first, edges));
  }

  #push(time: number, value: number): void {
    this.#timestamps.push(time);
    this.#values.push(value);
  }
}

function leftValue(samples: Samples, at: number, start: number, { mode, counter }: Edges): number {
  if (mode === 'anchored' || (samples.timestamps[at] ?? 0) >= start) return samples.values[at] ?? 0;
  return interpolate(samples, at, start, counter ? 'left' : null);
}

function rightValue(
  samples: Samples,
  at: number,
  end: number,
  hasBefore: boolean,
  { mode, counter }: Edges,
): number {
  const behind = (samples.timestamps[at] ?? 0) > end;
  if (mode === 'anchored' || !behind || !hasBefore) return samples.values[at] ?? 0;
  return interpolate(samples, at - 1, end, counter ? 'right' : null);
}
