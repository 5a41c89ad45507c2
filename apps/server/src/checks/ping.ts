import { actionByKeywords } from './keywords.ts';
import type { Action, Check, PingKind } from './model.ts';
import { noteOutcome, reconsider } from './outcomes.ts';
import { countPing, rollTo } from './rollup.ts';
import { judgeEnd, judgeStart } from './runs.ts';
import { goingDownAfter } from './status.ts';
import { type Changes, flipTo } from './transition.ts';
import { wakeAfter } from './wake.ts';

/** Why a ping that found its check is refused all the same. */
export type PingFault = 'url' | 'body' | 'rid' | TimeFault;

/** What is wrong with the time of a late ping: it cannot be read, is yet to come, or is too long ago. */
export type TimeFault = 'time' | 'future' | 'past';

export type PingTarget =
  | { code: string }
  /** `create` makes the check when no check of the project has the slug. */
  | { pingKey: string; slug: string; create: boolean };

/** One report, as it came in. Plain data: it crosses to the writer's thread. */
export interface PingInput {
  target: PingTarget;
  action: Action;
  exitstatus: number | null;
  fault: PingFault | null;
  scheme: string;
  remoteAddr: string;
  method: string;
  userAgent: string;
  rid: string | null;
  body: Uint8Array | null;
  /** Pings of its check that are kept. */
  logLimit: number;
  /** Decoded subject and text of an e-mail, for the filters; null for HTTP. */
  mail: { subject: string; text: string } | null;
  /** Milliseconds that what it reports took, where the reporter knows; else that is measured from its start. */
  duration?: number;
  /** When it happened, epoch ms: the arrival, or the sender's `X-Ping-Time`. */
  at: number;
  /** When it arrived. */
  receivedAt: number;
}

const decoder = new TextDecoder();

/** The scheme of what our own probes report: no ping from outside can have it. */
export const PROBE_SCHEME = 'probe';

/**
 * The kind to record: manual resume before the method filter before keywords before the URL's action. How a service
 * is, its probe alone says, whatever its check's filters: what comes from elsewhere is logged and changes nothing.
 */
export function kindOf(check: Check, ping: PingInput): PingKind {
  if (ping.scheme === PROBE_SCHEME) return ping.action;
  if (check.probed === 1) return ping.action === 'log' && ping.mail === null ? 'log' : 'ign';
  if (check.status === 'paused' && check.manual_resume) return 'ign';
  if (ping.mail !== null) return mailKind(check, ping.mail);
  if (check.methods === 'POST' && ping.method !== 'POST') return 'ign';
  if (!check.filter_http_body) return ping.action;
  return actionByKeywords(check, ping.body === null ? '' : decoder.decode(ping.body)) ?? 'ign';
}

function mailKind(check: Check, mail: { subject: string; text: string }): PingKind {
  if (!check.filter_subject && !check.filter_body) return 'success';
  const text = [check.filter_subject ? mail.subject : '', check.filter_body ? mail.text : ''].join('\n');
  return actionByKeywords(check, text) ?? 'ign';
}

/**
 * Applies a ping to its check (changed in place) and says which kind it was recorded as.
 * A ping older than what the check already knows is counted and logged, and moves nothing.
 */
export function applyPing(
  check: Check,
  ping: PingInput,
  newId: () => string,
  changes: Changes,
): { kind: PingKind; duration: number | null } {
  const kind = kindOf(check, ping);
  foldSkew(check);
  changes.rollups.push(...rollTo(check, ping.receivedAt));
  check.n_pings += 1;
  check.has_confirmation_link = ping.body !== null && mentionsConfirmation(ping.body) ? 1 : 0;
  const latest = Math.max(check.last_ping ?? 0, check.last_start ?? 0);
  const stale = ping.at < ping.receivedAt && ping.at < latest;
  const duration = stale ? null : advance(check, kind, ping, newId, changes);
  countPing(check, kind, duration);
  check.alert_after = wakeAfter(check, ping.receivedAt);
  return { kind, duration };
}

function advance(
  check: Check,
  kind: PingKind,
  ping: PingInput,
  newId: () => string,
  changes: Changes,
): number | null {
  if (kind === 'log' || kind === 'ign') return null;
  const hasPolicies = check.policies !== '';
  if (kind === 'start') {
    if (hasPolicies) judgeStart(check, ping, changes);
    // What is expected is still the end of the run: an excuse for its lateness holds on.
    check.last_start = ping.at;
    check.last_start_rid = ping.rid;
    // A start that comes late does not say how its run went on: the end may be right behind it.
    if (ping.at < ping.receivedAt) {
      check.excused_until = Math.max(check.excused_until ?? 0, ping.receivedAt + check.grace * 1000);
    }
    return null;
  }
  check.excused_until = null;
  const measured = finishRun(check, kind, ping);
  const duration = ping.duration ?? measured;
  if (hasPolicies) {
    const sinceLast = check.last_ping === null ? null : ping.at - check.last_ping;
    judgeEnd(check, { kind, duration, sinceLast, at: ping.receivedAt }, changes);
    noteOutcome(check, kind === 'fail');
  }
  check.last_ping = ping.at;
  check.last_duration = duration;
  if (kind === 'fail') {
    if (check.status === 'down') reconsider(check, ping.receivedAt, changes);
    else flipTo(check, 'down', 'fail', ping.receivedAt, newId, changes);
  } else if (check.status !== 'up' && stillGood(check, ping)) {
    flipTo(check, 'up', '', ping.receivedAt, newId, changes);
  }
  return duration;
}

/** Moves what happened before a step of the wall clock along, so that it can stand beside what comes now. */
function foldSkew(check: Check): void {
  if (check.last_ping !== null) check.last_ping += check.skew;
  if (check.last_start !== null) check.last_start += check.skew;
  check.skew = 0;
}

/** Ends the run this ping belongs to; a success of another run leaves the run in progress alone. */
function finishRun(check: Check, kind: 'success' | 'fail', ping: PingInput): number | null {
  if (check.last_start === null) return null;
  const mine = check.last_start_rid === ping.rid;
  const duration = mine ? Math.max(0, ping.at - check.last_start) : null;
  if (mine || kind === 'fail' || ping.rid === null) {
    check.last_start = null;
    check.last_start_rid = null;
  }
  return duration;
}

/** A success delivered so late that the next one is overdue already does not raise the check for a moment. */
function stillGood(check: Check, ping: PingInput): boolean {
  if (ping.at === ping.receivedAt) return true;
  const deadline = goingDownAfter({ ...check, status: 'up' });
  return deadline === null || deadline > ping.receivedAt;
}

function mentionsConfirmation(body: Uint8Array): boolean {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
  return /confirm/i.test(text);
}
