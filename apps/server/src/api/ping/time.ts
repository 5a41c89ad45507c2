/** Milliseconds by which a sender's clock may be ahead of ours. */
const TOLERANCE = 60_000;

/**
 * The instant of a late ping from its `X-Ping-Time` header: ISO 8601 with a zone, or Unix seconds.
 * @returns epoch ms, never later than `now`; null when it cannot be read or lies in the future.
 */
export function parsePingTime(value: string, now: number): number | null {
  const at = /^\d{1,11}(\.\d+)?$/.test(value) ? Number(value) * 1000 : zoned(value);
  if (!Number.isFinite(at) || at > now + TOLERANCE) return null;
  return Math.min(Math.floor(at), now);
}

function zoned(value: string): number {
  return /(Z|[+-]\d\d:?\d\d)$/.test(value) ? Date.parse(value) : Number.NaN;
}
