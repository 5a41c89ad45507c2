import type { RollupRow } from '../store/schema.ts';
import type { Announced, Check, Flip, FlipReason, StoredStatus } from './model.ts';
import { dampFlip } from './outcomes.ts';
import { countDown, rollTo } from './rollup.ts';

/** What changed beside the state rows themselves, to be written in the same transaction. */
export interface Changes {
  flips: Flip[];
  /** What concerns somebody, in its order. */
  announced: Announced[];
  rollups: RollupRow[];
}

export function noChanges(): Changes {
  return { flips: [], announced: [], rollups: [] };
}

/** Sets the status at `at`, keeps the account of time down, and records the flip. */
export function flipTo(
  check: Check,
  status: StoredStatus,
  reason: FlipReason,
  at: number,
  newId: () => string,
  changes: Changes,
): void {
  const old = check.status as StoredStatus;
  changes.rollups.push(...rollTo(check, at));
  if (old === 'down') {
    countDown(check, check.hour, at);
    check.down_since = null;
  }
  if (status === 'down') check.down_since = at;
  check.status = status;
  const flip: Flip = {
    id: newId(),
    check_id: check.check_id,
    created_at: at,
    old_status: old,
    new_status: status,
    reason,
  };
  changes.flips.push(flip);
  // A first success, or one after a pause, is no news; a pause is its author's own doing.
  const news = status === 'down' || (status === 'up' && old === 'down');
  const damped = dampFlip(check, status);
  if (news) changes.announced.push({ what: 'flip', flip, damped, check: { ...check } });
}
