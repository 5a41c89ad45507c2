/** Policies about runs: too long, too short, too often, several at once. None of them touches the status. */
import type { Check } from './model.ts';
import type { PingInput } from './ping.ts';
import { BREACH_NAMES, BREACHES, type BreachName, isBreached, policiesOf } from './policies.ts';
import type { Changes } from './transition.ts';
import { runLimit } from './wake.ts';

/** A run begins; `check` as it was before. */
export function judgeStart(check: Check, ping: PingInput, changes: Changes): void {
  const { receivedAt: at, rid } = ping;
  // A start sent twice under one run id is one run.
  const isAnother = check.last_start !== null && (rid === null || rid !== check.last_start_rid);
  const overlaps = isAnother && policiesOf(check).no_overlap === true;
  settle(check, 'RunTooLong', false, at, changes);
  settle(check, 'RunsOverlap', overlaps, at, changes);
}

/** How a run ended, and how long after the success before it. */
export interface RunEnd {
  kind: 'success' | 'fail';
  /** Milliseconds; null = it had no start. */
  duration: number | null;
  /** Milliseconds since the last success or failure; null = there was none. */
  sinceLast: number | null;
  at: number;
}

/** A run ended; `check` without it, its status as it was before. */
export function judgeEnd(check: Check, end: RunEnd, changes: Changes): void {
  if (check.last_start === null) {
    settle(check, 'RunTooLong', false, end.at, changes);
    settle(check, 'RunsOverlap', false, end.at, changes);
  }
  judgeDuration(check, end, changes);
  if (end.kind === 'success') judgeInterval(check, end, changes);
}

/** Too short is what claims to be a success; a failure says for itself that something is wrong. */
function judgeDuration(check: Check, { kind, duration, at }: RunEnd, changes: Changes): void {
  const { shortest_run: least } = policiesOf(check);
  if (least === undefined || duration === null) return;
  const isShort = duration < least * 1000;
  if (kind === 'success' || !isShort) settle(check, 'RunTooShort', isShort, at, changes, duration);
}

function judgeInterval(check: Check, { sinceLast, at }: RunEnd, changes: Changes): void {
  const { least_interval: least } = policiesOf(check);
  if (least === undefined || sinceLast === null) return;
  const isClose = sinceLast < least * 1000;
  // Only while the check is up was the last report a success; a new try after a failure is not too often.
  if (check.status === 'up' || !isClose) settle(check, 'TooOften', isClose, at, changes, sinceLast);
}

/** Looks whether the run in progress goes on for too long at `now`. */
export function judgeRunInProgress(check: Check, now: number, changes: Changes): void {
  const limit = runLimit(check);
  if (limit !== null && limit <= now) settle(check, 'RunTooLong', true, limit, changes);
}

/** Ends the alerts of policies that are not as they were, without a word; `check` has the new ones. */
export function judgeNewPolicies(
  check: Check,
  before: Pick<Check, 'policies'>,
  at: number,
  changes: Changes,
): void {
  const [old, current] = [policiesOf(before), policiesOf(check)];
  for (const name of BREACH_NAMES) {
    const { policy } = BREACHES[name];
    if (old[policy] !== current[policy])
      settle(check, name, false, at, changes, null, 'the policy was changed');
  }
}

/** Switches an alert on or off; one that is as it should be says nothing. */
function settle(
  check: Check,
  name: BreachName,
  isOn: boolean,
  at: number,
  changes: Changes,
  measured: number | null = null,
  quiet?: string,
): void {
  if (isBreached(check, name) === isOn) return;
  check.breaches ^= BREACHES[name].bit;
  const snapshot = { ...check };
  changes.announced.push({
    what: 'breach',
    name,
    isOn,
    at,
    measured,
    check: snapshot,
    ...(quiet === undefined ? {} : { quiet }),
  });
}
