/** What a tier says of how often a service is looked at. Seconds. */
export interface Pace {
  interval: number;
  timeout: number;
  grace: number;
}

/** The user's four tiers: critical, essential, scheduled tasks, business figures. */
const TIERS: Readonly<Record<number, Pace>> = {
  1: { interval: 30, timeout: 10, grace: 120 },
  2: { interval: 120, timeout: 10, grace: 300 },
  3: { interval: 300, timeout: 10, grace: 600 },
  4: { interval: 300, timeout: 30, grace: 600 },
};

/** Longest interval, seconds, that a grace time goes with: the pairs of the user's tables. */
const GRACES: readonly [interval: number, grace: number][] = [
  [30, 120],
  [60, 180],
  [120, 300],
  [300, 600],
];

/** Seconds, the shortest that a check takes. */
const LEAST_PERIOD = 5;
/** Patience beyond the pairs: as many intervals. */
const GRACE_INTERVALS = 2;

/**
 * The pace of a service. What is given counts, then the pace of its kind, which is that of the user's table for it;
 * a tier alone says the rest.
 */
export function paceOf(
  given: Partial<Pace>,
  kind: { interval: number; timeout: number },
  tier: number | null,
): Pace {
  const usual = tier === null ? undefined : TIERS[tier];
  const interval =
    given.interval ?? (usual === undefined ? kind.interval : Math.max(usual.interval, kind.interval));
  const timeout = given.timeout ?? Math.min(kind.timeout, interval);
  return { interval, timeout, grace: given.grace ?? graceFor(interval) };
}

function graceFor(interval: number): number {
  const pair = GRACES.find(([longest]) => interval <= longest);
  return pair?.[1] ?? Math.round(interval * GRACE_INTERVALS);
}

/** Seconds that a check waits for the next report of its probe, before its grace time. */
export function periodOf(interval: number): number {
  return Math.max(LEAST_PERIOD, Math.ceil(interval));
}

const TIER_TAG = /^tier([1-9])$/;

/** The tier that tags name; null = none does. */
export function tierOf(tags: readonly string[]): number | null {
  const named = tags.map((tag) => TIER_TAG.exec(tag)?.[1]).find((tier) => tier !== undefined);
  return named === undefined ? null : Number(named);
}

/** The tags with this tier in place of any other. */
export function withTier(tags: readonly string[], tier: number): string[] {
  return [...tags.filter((tag) => !TIER_TAG.test(tag)), `tier${tier}`];
}
