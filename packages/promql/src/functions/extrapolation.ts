/** The samples of a window whose growth is to be taken for that of the whole range. Times are milliseconds. */
export interface Observed {
  readonly rangeStart: number;
  readonly rangeEnd: number;
  /** The first sample's time, or when the counter began when that is known and lies in the range. */
  readonly first: number;
  readonly last: number;
  /** Samples less one. */
  readonly gaps: number;
  /** The first one is where the counter was zero: there was no growth before. */
  readonly beganInRange: boolean;
  /** Of a counter: its first value in parts of its growth, so that it is not followed to below zero. */
  readonly firstOfGrowth: number | null;
}

/** Farther from an end of the range than this many mean distances, samples are taken to begin or end there. */
const FAR = 1.1;

/**
 * How many times the growth between the samples the growth over the range is. Source: Prometheus' documentation of
 * `rate`; 3.x caps at zero after it has looked whether the first sample is far.
 */
export function extrapolation(observed: Observed): number {
  const { rangeStart, rangeEnd, first, last, gaps, beganInRange, firstOfGrowth } = observed;
  const sampled = (last - first) / 1000;
  const mean = sampled / gaps;
  const far = mean * FAR;
  let before = (first - rangeStart) / 1000;
  let behind = (rangeEnd - last) / 1000;
  if (before >= far) before = mean / 2;
  if (firstOfGrowth !== null) before = Math.min(before, sampled * firstOfGrowth);
  if (beganInRange) before = 0;
  if (behind >= far) behind = mean / 2;
  return (sampled + before + behind) / sampled;
}
