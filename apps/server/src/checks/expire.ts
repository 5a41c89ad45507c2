import { messageOf } from '../errors.ts';
import type { Tx } from '../store/tx.ts';
import { newFlipId } from './flip-id.ts';
import type { Check } from './model.ts';
import { type AnnounceFlips, saveStates } from './save.ts';
import { goingDownAfter, statusAt } from './status.ts';
import { type Changes, flipTo, noChanges } from './transition.ts';

/** Checks taken down in one transaction: small enough that pings wait only milliseconds for their turn. */
export const EXPIRE_BATCH = 1_000;
/** Milliseconds until a check whose schedule cannot be computed is tried again. */
const FAULT_DELAY = 3_600_000;

export interface Expired {
  /** For each check that went down the moment that its deadline meant, epoch ms. */
  deadlines: number[];
  /** Whether more checks are due than one transaction takes down. */
  isLeft: boolean;
  /** When the next deadline is, epoch ms; null = none. Due ones left over are in the past. */
  next: number | null;
  /** Checks whose schedule could not be computed, with the reason. */
  faults: { code: string; reason: string }[];
}

/**
 * Takes down the checks whose deadline has passed at `tx.at`, earliest first. The flip carries the moment
 * the deadline meant, not the moment of this call. A row whose deadline has moved meanwhile is left alone.
 */
export async function expireChecks(tx: Tx, announce: AnnounceFlips): Promise<Expired> {
  const due = await dueChecks(tx);
  const changes = noChanges();
  const faults: Expired['faults'] = [];
  for (const check of due) {
    try {
      expire(check, tx, changes);
    } catch (error) {
      check.alert_after = tx.at + FAULT_DELAY;
      faults.push({ code: check.code, reason: messageOf(error) });
    }
  }
  if (due.length > 0) await saveStates(tx, due, changes, announce);
  const next = await nextDeadline(tx);
  const isLeft = next !== null && next <= tx.at;
  return { deadlines: changes.flips.map((flip) => flip.created_at), isLeft, next, faults };
}

async function dueChecks(tx: Tx): Promise<Check[]> {
  let query = tx.db
    .selectFrom('check_states')
    .select('check_id')
    .where('alert_after', '<=', tx.at)
    .orderBy('alert_after')
    .limit(EXPIRE_BATCH);
  // Another node may be at the same rows: take what it has not.
  if (tx.engine === 'postgres') query = query.forUpdate().skipLocked();
  const ids = await query.execute();
  return tx.bulk.checksBy(
    'id',
    ids.map((row) => row.check_id),
  );
}

function expire(check: Check, tx: Tx, changes: Changes): void {
  const deadline = goingDownAfter(check);
  if (check.status === 'down' || statusAt(check, tx.at) !== 'down') {
    check.alert_after = check.status === 'down' ? null : deadline;
    return;
  }
  check.alert_after = null;
  flipTo(check, 'down', 'timeout', deadline ?? tx.at, () => newFlipId(tx), changes);
}

/** The nearest deadline of all checks, epoch ms; null = none. */
export async function nextDeadline(tx: Pick<Tx, 'db'>): Promise<number | null> {
  const row = await tx.db
    .selectFrom('check_states')
    .select('alert_after')
    .where('alert_after', 'is not', null)
    .orderBy('alert_after')
    .limit(1)
    .executeTakeFirst();
  return row?.alert_after ?? null;
}
