import { messageOf } from '../errors.ts';
import { prepared, type Slots } from '../store/prepared.ts';
import type { Tx } from '../store/tx.ts';
import { newFlipId } from './flip-id.ts';
import type { Check } from './model.ts';
import { isDamped, noteOutcome, reconsider } from './outcomes.ts';
import { judgeRunInProgress } from './runs.ts';
import { type Announce, saveStates } from './save.ts';
import { goingDownAfter, statusAt } from './status.ts';
import { type Changes, flipTo, noChanges } from './transition.ts';
import { missedAfter, wakeAfter } from './wake.ts';

/**
 * Checks taken down in one transaction. Pings wait for their turn as long as it takes, some 50 ms at most. With half as
 * many, 100,000 at one instant took 5.1 s in place of 4.4: more commits, and more turns taken with pings.
 */
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
 * Policies have instants in the same column: a run that goes on for too long, one more missed run of a check
 * that is down without an alert.
 */
export async function expireChecks(tx: Tx, announce: Announce): Promise<Expired> {
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

const dueIds = prepared(({ db, engine }: Tx, { one }: Slots<{ at: number }>) =>
  db
    .selectFrom('check_states')
    .select('check_id')
    .where('alert_after', '<=', one('at'))
    .orderBy('alert_after')
    .limit(EXPIRE_BATCH)
    // Another node may be at the same rows: take what it has not.
    .$if(engine === 'postgres', (query) => query.forUpdate().skipLocked()),
);

async function dueChecks(tx: Tx): Promise<Check[]> {
  const ids = await dueIds(tx, { at: tx.at });
  if (ids.length === 0) return [];
  return tx.bulk.checksBy(
    'id',
    ids.map((row) => row.check_id),
  );
}

function expire(check: Check, tx: Tx, changes: Changes): void {
  const due = check.alert_after ?? tx.at;
  let dealtWith = due - 1;
  if (isDamped(check)) {
    const missed = check.excused_until === due ? due : missedAfter(check, dealtWith);
    if (missed !== null && missed <= tx.at) {
      noteOutcome(check, true);
      reconsider(check, missed, changes);
      dealtWith = missed;
    }
  } else if (check.status !== 'down' && statusAt(check, tx.at) === 'down') {
    dealtWith = goingDownAfter(check) ?? tx.at;
    noteOutcome(check, true);
    flipTo(check, 'down', 'timeout', dealtWith, () => newFlipId(tx), changes);
  }
  judgeRunInProgress(check, tx.at, changes);
  check.alert_after = wakeAfter(check, dealtWith);
}

const firstDeadline = prepared(({ db }, _: Slots<Record<never, never>>) =>
  db
    .selectFrom('check_states')
    .select('alert_after')
    .where('alert_after', 'is not', null)
    .orderBy('alert_after')
    .limit(1),
);

/** The nearest deadline of all checks, epoch ms; null = none. */
async function nextDeadline(tx: Tx): Promise<number | null> {
  const [row] = await firstDeadline(tx, {});
  return row?.alert_after ?? null;
}
