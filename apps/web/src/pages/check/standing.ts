import type { Check, Rollup } from '@vigie/contract';

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** Days that the page tells the standing of. */
export const STANDING_DAYS = [1, 7, 30, 90] as const;

/** How a check stood over a time. */
export interface Standing {
  /** Part of the time it was not down, 0 to 1; null = nothing is known. */
  uptime: number | null;
  /** Part of its ended runs that succeeded, 0 to 1; null = none ended. */
  successRate: number | null;
  runs: number;
  /** Seconds down. */
  down: number;
  /** Seconds that it has been there, where that is less than the whole time. */
  young: number | null;
}

type Known = Pick<Check, 'created_at' | 'last_ping' | 'status'>;

/**
 * How a check stood over the last days. `items`: its sums by hour for one day, else by day. Where nothing was
 * reported nothing is known, unless the check has been waiting for its next ping all the time.
 * `now`: epoch milliseconds.
 */
export function standing(items: readonly Rollup[], days: number, check: Known, now: number): Standing {
  const from = startOf(days, now);
  const within = items.filter(({ start }) => Date.parse(start) >= from);
  const sum = (read: (item: Rollup) => number): number =>
    within.reduce((total, item) => total + read(item), 0);
  const down = sum((item) => item.down);
  const successes = sum(({ successes }) => successes);
  const runs = successes + sum(({ failures }) => failures);
  const lived = (now - Math.max(from, Date.parse(check.created_at))) / 1_000;
  const known = runs > 0 || down > 0 || isWaiting(check);
  return {
    uptime: known && lived > 0 ? Math.max(0, 1 - down / lived) : null,
    successRate: runs === 0 ? null : successes / runs,
    runs,
    down,
    young: Date.parse(check.created_at) > from ? lived : null,
  };
}

/** After a pause a check is new again: one that is up has been watched since its last ping. */
function isWaiting({ last_ping, status }: Known): boolean {
  return last_ping !== null && status !== 'paused' && status !== 'new';
}

/** Sums are of whole hours and days, UTC: those that the time begins in count from their beginning. */
function startOf(days: number, now: number): number {
  const step = days === 1 ? HOUR : DAY;
  return Math.floor(now / step) * step - days * DAY + step;
}

/** A day as a cell of the strip. */
export interface DayCell {
  /** Epoch milliseconds, midnight UTC. */
  start: number;
  look: 'none' | 'up' | 'degraded' | 'down';
  /** Seconds down. */
  down: number;
}

/** Part of a day down from which it looks down, not just marred. */
const MARRED = 0.05;

/** The last days, oldest first, each as it went; `none` = nothing was reported. */
export function dayCells(items: readonly Rollup[], count: number, now: number): DayCell[] {
  const known = new Map(items.map((item) => [Date.parse(item.start), item]));
  const today = Math.floor(now / DAY) * DAY;
  return Array.from({ length: count }, (_, index) => {
    const start = today - (count - 1 - index) * DAY;
    const item = known.get(start);
    return { start, look: lookOf(item), down: item?.down ?? 0 };
  });
}

function lookOf(item: Rollup | undefined): DayCell['look'] {
  if (item === undefined) return 'none';
  if (item.down === 0) return item.failures > 0 ? 'degraded' : 'up';
  return (item.uptime ?? 0) < 1 - MARRED ? 'down' : 'degraded';
}
