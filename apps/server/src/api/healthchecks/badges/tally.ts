import type { Check } from '../../../checks/model.ts';
import { statusAt } from '../../../checks/status.ts';

export type BadgeStatus = 'up' | 'late' | 'down';

/** How many checks there are, and how they do. */
export interface Tally {
  total: number;
  grace: number;
  down: number;
}

/** Counts a check in. Whether a run is in progress does not matter; new and paused checks are well. */
export function count(tally: Tally, check: Check, now: number): void {
  const status = statusAt(check, now);
  tally.total += 1;
  if (status === 'grace') tally.grace += 1;
  if (status === 'down') tally.down += 1;
}

export function badgeStatus(tally: Tally, threeStates: boolean): BadgeStatus {
  if (tally.down > 0) return 'down';
  return threeStates && tally.grace > 0 ? 'late' : 'up';
}
