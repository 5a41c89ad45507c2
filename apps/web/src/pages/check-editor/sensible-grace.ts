import { nextOccurrences, type Schedule } from '@vigie/schedule';

/** Seconds of patience that nobody asked about: between a minute and an hour. */
const BOUNDS = { least: 60, most: 3_600 } as const;
/** Occurrences whose gaps are looked at. */
const SAMPLE = 10;

/** Half of the shortest time between two runs, within bounds: patient, and yet told before the next run. */
export function sensibleGrace(schedule: Schedule, now: number): number {
  const half = Math.round(shortestGap(schedule, now) / 2);
  return Math.min(Math.max(half, BOUNDS.least), BOUNDS.most);
}

/** Seconds; endless where there is no second occurrence. */
function shortestGap(schedule: Schedule, now: number): number {
  if (schedule.kind === 'simple') return schedule.timeout;
  const dates = nextOccurrences(schedule, now, SAMPLE);
  let shortest = Number.POSITIVE_INFINITY;
  for (const [index, at] of dates.entries()) {
    const before = dates[index - 1];
    if (before !== undefined) shortest = Math.min(shortest, (at - before) / 1_000);
  }
  return shortest;
}
