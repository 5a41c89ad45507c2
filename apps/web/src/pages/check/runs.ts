import type { Ping } from '@vigie/contract';

/** Runs shown. */
export const RUNS_SHOWN = 100;
/** Pings fetched for them: a run is a start and an end, and now and then something is logged. */
export const PINGS_LOOKED_AT = 250;

/** A run that ended. */
export interface EndedRun {
  n: number;
  at: string;
  failed: boolean;
  /** Seconds; null = its start is not known. */
  duration: number | null;
  exitstatus: number | null;
}

/** The latest ended runs among pings that come newest first; oldest first. */
export function endedRuns(pings: readonly Ping[]): EndedRun[] {
  return pings
    .filter(({ type }) => type === 'success' || type === 'fail')
    .slice(0, RUNS_SHOWN)
    .map(({ n, at, type, duration, exitstatus }) => ({
      n,
      at,
      failed: type === 'fail',
      duration,
      exitstatus,
    }))
    .reverse();
}

/** Height of a run whose duration is not known, and of the shortest, as parts of the whole. */
const HEIGHT = { unknown: 0.4, least: 0.12 } as const;

/** How high each run's bar is, 0 to 1: its duration against the longest one. */
export function barHeights(runs: readonly EndedRun[]): number[] {
  const longest = Math.max(0, ...runs.map(({ duration }) => duration ?? 0));
  return runs.map(({ duration }) => {
    if (duration === null || longest === 0) return HEIGHT.unknown;
    return Math.max(duration / longest, HEIGHT.least);
  });
}
