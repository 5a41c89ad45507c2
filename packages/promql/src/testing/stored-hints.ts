import { CUSTOM_BUCKETS_SCHEMA, type Histogram, isReset } from '@vigie/series';

/** Whether a counter began anew between two histograms, going by their counts and not by what they say. */
function hasFallen(before: Histogram, after: Histogram): boolean {
  return isReset(before, { ...after, counterResetHint: 'unknown' });
}

/**
 * The histograms of a series as Prometheus' store gives them back. Within a run of the same buckets each but the first
 * says that its counter did not begin anew; where counts fall it says that it did, and after whatever ends a run nothing
 * is known. Gauges and what is said to be a reset stay as they are.
 * @param series in the order of their times, undefined where there is another sample.
 * Source: Prometheus' native histogram specification, on counter resets in its store.
 */
export function withStoredHints(series: readonly (Histogram | undefined)[]): (Histogram | undefined)[] {
  return series.map((histogram, at) => {
    const { counterResetHint: said } = histogram ?? {};
    if (histogram === undefined || said === 'gauge' || said === 'reset') return histogram;
    const before = series[at - 1];
    if (before === undefined || before.counterResetHint === 'gauge')
      return { ...histogram, counterResetHint: 'unknown' };
    if (histogram.count < before.count) return { ...histogram, counterResetHint: 'reset' };
    if (!haveSameBuckets(before, histogram)) return { ...histogram, counterResetHint: 'unknown' };
    return { ...histogram, counterResetHint: hasFallen(before, histogram) ? 'reset' : 'not_reset' };
  });
}

/** Whether one run can hold both: with other buckets a new one begins. */
function haveSameBuckets(a: Histogram, b: Histogram): boolean {
  if (a.schema !== b.schema || a.zeroThreshold !== b.zeroThreshold) return false;
  if (a.schema !== CUSTOM_BUCKETS_SCHEMA) return true;
  return (
    a.customValues.length === b.customValues.length &&
    a.customValues.every((bound, at) => bound === b.customValues[at])
  );
}
