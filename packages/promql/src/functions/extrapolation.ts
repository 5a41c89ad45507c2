/** Farther from an end of the range than this many mean distances, samples are taken to begin or end there. */
const FAR = 1.1;

/**
 * How many times the growth between the samples of a window the growth over its whole range is. Times are
 * milliseconds. Source: Prometheus' documentation of `rate`; 3.x looks at `mostBefore` after it has looked whether the
 * first sample is far.
 * @param gaps samples less one.
 * @param mostBefore how many seconds before the first sample the growth may have begun: Infinity when that is not
 * known, for a counter when it would have been zero.
 */
export function extrapolation(
  rangeStart: number,
  rangeEnd: number,
  first: number,
  last: number,
  gaps: number,
  mostBefore: number,
): number {
  const sampled = (last - first) / 1000;
  const mean = sampled / gaps;
  const far = mean * FAR;
  let before = (first - rangeStart) / 1000;
  let behind = (rangeEnd - last) / 1000;
  if (before >= far) before = mean / 2;
  if (mostBefore < before) before = mostBefore;
  if (behind >= far) behind = mean / 2;
  return (sampled + before + behind) / sampled;
}
