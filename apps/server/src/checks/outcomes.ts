/** Alert after k of n: how the last runs went, and whether that is bad enough. */
import type { Check, StoredStatus } from './model.ts';
import { DAMPED, policiesOf } from './policies.ts';
import type { Changes } from './transition.ts';

/** Outcomes remembered: no policy looks back farther (contract), and they fit into a small number. */
const MOST_OUTCOMES = 20;
const ALL_OUTCOMES = 2 ** MOST_OUTCOMES - 1;

/** Remembers how a run went, where the check's policy asks for it. */
export function noteOutcome(check: Check, isBad: boolean): void {
  if (policiesOf(check).after === undefined) return;
  check.outcomes = ((check.outcomes << 1) | (isBad ? 1 : 0)) & ALL_OUTCOMES;
}

/** Why it is no alert yet that the check is down; null = it is one. */
function dampedBecause(check: Check): string | null {
  const { after } = policiesOf(check);
  if (after === undefined) return null;
  const bad = countBits(check.outcomes & (2 ** after.of - 1));
  if (bad >= after.bad) return null;
  return `${bad} of the last ${after.of} outcomes bad, an alert takes ${after.bad}`;
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** Whether it is down without an alert so far: what goes wrong from now on counts. */
export function isDamped(check: Pick<Check, 'breaches' | 'status'>): boolean {
  return check.status === 'down' && (check.breaches & DAMPED) !== 0;
}

/** Notes whether a flip to this status is kept from being an alert, and says why; null = it is not. */
export function dampFlip(check: Check, status: StoredStatus): string | null {
  const damped = status === 'down' ? dampedBecause(check) : null;
  check.breaches = damped === null ? check.breaches & ~DAMPED : check.breaches | DAMPED;
  return damped;
}

/** Asks anew, at `at`, about a check that is down without an alert: is it one by now? */
export function reconsider(check: Check, at: number, changes: Changes): void {
  if (!isDamped(check)) return;
  const damped = dampFlip(check, 'down');
  changes.announced.push({ what: 'outcome', at, damped, check: { ...check } });
}
