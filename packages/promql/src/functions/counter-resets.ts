import type { Samples } from '@vigie/series';

/**
 * The places of a series' floats before which its counter began anew: the value falls, or the sample says that what
 * it counts began behind the sample before.
 */
export function resetPlaces(samples: Samples): readonly number[] {
  const { values, count, startTimestamps } = samples;
  const places: number[] = [];
  for (let at = 1; at < count; at++) {
    const fell = (values[at] ?? 0) < (values[at - 1] ?? 0);
    if (fell || (startTimestamps !== null && beganAnew(samples, at))) places.push(at);
  }
  return places;
}

/** Whether start timestamps tell of a reset before a sample. Source: Prometheus' proposal 77. */
export function beganAnew({ timestamps, startTimestamps }: Samples, at: number): boolean {
  const start = startTimestamps?.[at] ?? 0;
  const startBefore = startTimestamps?.[at - 1] ?? 0;
  const timeBefore = timestamps[at - 1] ?? 0;
  if (start === 0 || start === startBefore || start > (timestamps[at] ?? 0)) return false;
  return start > timeBefore || (start === timeBefore && startBefore !== 0);
}
