/** Kinds of entries of the time line. */
export const TIMELINE_KINDS = ['ping', 'flip', 'delivery'] as const;

export type TimelineKind = (typeof TIMELINE_KINDS)[number];

/** Ways to ping that the page tells. */
export const PING_WAYS = ['bash', 'cron', 'python', 'node', 'powershell', 'mail'] as const;

export type PingWay = (typeof PING_WAYS)[number];

/** Days over which durations are shown. */
export const CHART_DAYS = [1, 7, 30, 90] as const;

export type ChartDays = (typeof CHART_DAYS)[number];

/** What the page's address says besides its path. */
export interface CheckSearch {
  /** The check was just made: what to do next is told. */
  first?: true;
  /** Only entries of this kind in the time line; all unless given. */
  kind?: TimelineKind;
  /** The number of the ping that is open. */
  ping?: number;
  way?: PingWay;
  days?: ChartDays;
}

/** Reads the address; what it does not know it leaves out. */
export function readSearch(search: Record<string, unknown>): CheckSearch {
  const { ping } = search;
  const kind = TIMELINE_KINDS.find((one) => one === search['kind']);
  const way = PING_WAYS.find((one) => one === search['way']);
  const days = CHART_DAYS.find((one) => one === search['days']);
  return {
    ...(search['first'] === true ? { first: true } : {}),
    ...(kind === undefined ? {} : { kind }),
    ...(typeof ping === 'number' && Number.isSafeInteger(ping) && ping > 0 ? { ping } : {}),
    ...(way === undefined ? {} : { way }),
    ...(days === undefined ? {} : { days }),
  };
}
