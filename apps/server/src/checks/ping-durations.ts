import type { PingRow } from '../store/schema.ts';
import { LONGEST_DURATION } from './model.ts';

/** Pings of one page whose start may lie before the page; with more, no duration is shown at all. */
const LOOK_UPS = 10;

/** What of a ping tells runs. */
export type RunPing = Pick<PingRow, 'check_id' | 'n' | 'created_at' | 'kind' | 'rid' | 'duration'>;

/** When the run that a ping ended had begun; null = it ended none. */
export type FindStart = (ping: RunPing) => Promise<number | null>;

/**
 * The durations in milliseconds of the runs that these pings ended, by their number. `pings` is the newest page,
 * newest first; `findStart` looks beyond its end.
 */
export async function pingDurations(
  pings: readonly RunPing[],
  findStart: FindStart,
): Promise<Map<number, number>> {
  const durations = new Map<number, number>();
  const keep = (ping: RunPing, start: number | null): void => {
    const duration = start === null ? LONGEST_DURATION : ping.created_at - start;
    if (duration >= 0 && duration < LONGEST_DURATION) durations.set(ping.n, duration);
  };
  for (const { n, duration } of pings) if (duration !== null) durations.set(n, duration);
  const { ended, unknown } = walk(pings);
  for (const { ping, start } of ended) keep(ping, start);
  if (unknown.length > LOOK_UPS) return new Map();
  for (const ping of unknown) keep(ping, await findStart(ping));
  return durations;
}

/** Pairs the page's own starts and ends by run; the first end of a run that the page knows no start of is `unknown`. */
function walk(pings: readonly RunPing[]) {
  const starts = new Map<string | null, number | null>();
  const ended: { ping: RunPing; start: number | null }[] = [];
  const unknown: RunPing[] = [];
  for (const ping of pings.toReversed()) {
    if (ping.kind === 'start') starts.set(ping.rid, ping.created_at);
    if (ping.kind !== 'success' && ping.kind !== 'fail') continue;
    const start = starts.get(ping.rid);
    if (ping.duration === null) {
      if (start === undefined) unknown.push(ping);
      else ended.push({ ping, start });
    }
    starts.set(ping.rid, null);
  }
  return { ended, unknown };
}
