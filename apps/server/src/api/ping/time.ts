import { LONGEST_PERIOD } from '../../checks/model.ts';
import type { TimeFault } from '../../checks/ping.ts';

/** Milliseconds by which a sender's clock may be ahead of ours. */
const TOLERANCE = 60_000;
/**
 * Milliseconds that a late ping may be late: the longest period of a check. What happened before that says of no
 * check whether it is up, and is mostly a sender's clock that was never set.
 */
const LATEST = LONGEST_PERIOD * 1000;

/**
 * The instant of a late ping from its `X-Ping-Time` header: ISO 8601 with a zone, or Unix seconds.
 * @returns epoch ms, never later than `now`; or what is wrong with it.
 */
export function parsePingTime(value: string, now: number): number | TimeFault {
  const at = Math.floor(/^\d{1,11}(\.\d+)?$/.test(value) ? Number(value) * 1000 : zoned(value));
  if (Number.isNaN(at)) return 'time';
  if (at > now + TOLERANCE) return 'future';
  return at < now - LATEST ? 'past' : Math.min(at, now);
}

function zoned(value: string): number {
  return /(Z|[+-]\d\d:?\d\d)$/.test(value) ? Date.parse(value) : Number.NaN;
}
