/**
 * What should be true of one check, told from what was answered to its job. Written against the promises, not
 * the code: virtual time that never steps, no skew, no alert_after.
 */

import { type Policies, PolicyModel } from './policy-model.ts';
import type { StoredPolicies } from './store-view.ts';

export type Kind = 'success' | 'fail' | 'start';

export interface CountedPing {
  /** Unique, as its user agent. */
  marker: string;
  /** As it is stored: `ign` = it came to a check that was paused until somebody resumes it. */
  kind: Kind | 'ign';
  /** Virtual ms of its arrival. */
  at: number;
  /** The wall clock at that moment, as the server showed it. */
  wall: number;
}

export interface ExpectedFlip {
  /** Virtual ms. */
  at: number;
  to: 'up' | 'down' | 'paused' | 'new';
  reason: '' | 'timeout' | 'fail';
  /** The moment it carries: exactly, or one of these when a clock was just set. */
  walls: readonly number[];
}

/** Pings remembered at least, to be compared with the log; the log keeps more. */
export const REMEMBERED = 20;

/** Milliseconds around the instant at which a ping becomes late. */
const EDGE = 1_000;

/** What alerts about it carry. */
export interface CheckLabels {
  check: string;
  tags: string;
  environment: string;
}

type CheckFacts = Pick<
  CheckModel,
  'id' | 'code' | 'labels' | 'period' | 'grace' | 'channels' | 'parents' | 'crew' | 'manualResume'
> & { policies: Policies };

export class CheckModel {
  readonly id: number;
  readonly code: string;
  readonly labels: CheckLabels;
  /** Milliseconds. */
  readonly period: number;
  readonly grace: number;
  /** Those who are told. */
  readonly channels: readonly number[];
  /** What it depends on directly. */
  readonly parents: readonly CheckModel[];
  /** Number of the machine that its job runs on with others; null = one of its own. */
  readonly crew: number | null;
  /** Pings do not end a pause of it. */
  readonly manualResume: boolean;
  readonly policy: PolicyModel;
  state: 'new' | 'up' | 'down' | 'paused' = 'new';
  /** When somebody last paused it. */
  pausedAt: number | null = null;
  pings = 0;
  readonly latest: CountedPing[] = [];
  readonly flips: ExpectedFlip[] = [];
  #lastPing: number | null = null;
  #runningSince: number | null = null;
  /** Until when missed runs were counted. */
  #dealtWith = 0;
  #excusedUntil = 0;
  /** The last instant at which something was reported, and whether it was in trouble before that. */
  #changed = { at: Number.NEGATIVE_INFINITY, wasTroubled: false };

  constructor(own: CheckFacts) {
    this.id = own.id;
    this.code = own.code;
    this.labels = own.labels;
    this.period = own.period;
    this.grace = own.grace;
    this.channels = own.channels;
    this.parents = own.parents;
    this.crew = own.crew;
    this.manualResume = own.manualResume;
    this.policy = new PolicyModel(own.policies);
  }

  /** From when it counts as late: a ping is expected, or a run goes on; Infinity = never. */
  get lateFrom(): number {
    if (this.state === 'down') return Number.POSITIVE_INFINITY;
    return Math.min(this.#expected, this.#runningSince ?? Number.POSITIVE_INFINITY);
  }

  /** When it goes down if nothing more comes; Infinity = never. */
  get deadline(): number {
    return Math.max(this.lateFrom + this.grace, this.#excusedUntil);
  }

  get #expected(): number {
    if (this.state !== 'up' || this.#lastPing === null) return Number.POSITIVE_INFINITY;
    return this.#lastPing + this.period;
  }

  /** When its policies have something to say if nothing more comes; Infinity = never. */
  get policyDue(): number {
    const { longest_run: most } = this.policy.policies;
    const isOver = most === undefined || this.policy.firing.has('RunTooLong');
    const limit = isOver
      ? Number.POSITIVE_INFINITY
      : (this.#runningSince ?? Number.POSITIVE_INFINITY) + most * 1000;
    const missed = this.policy.damped ? this.#nextMissed : Number.POSITIVE_INFINITY;
    return Math.max(Math.min(limit, missed), this.#excusedUntil);
  }

  /** The next run that counts as missed while it is down. */
  get #nextMissed(): number {
    const last = this.#lastPing ?? 0;
    const periods = Math.floor((this.#dealtWith - this.grace - last) / this.period) + 1;
    return last + Math.max(1, periods) * this.period + this.grace;
  }

  /** Whether it is down or late at an instant that is not over yet: surely, and possibly. */
  troubledAt(at: number): { surely: boolean; possibly: boolean } {
    const [soon, late] = [this.#isTroubled(at + EDGE), this.#isTroubled(at - EDGE)];
    // What is down without an alert holds nothing back; that may change at any moment.
    if (this.policy.policies.after !== undefined) return { surely: false, possibly: true };
    const was = this.#changed.at === at ? this.#changed.wasTroubled : late;
    return { surely: soon && late && was, possibly: soon || late || was };
  }

  /** Whether it is down, and not only late, at an instant that is not over yet. */
  isSurelyDown(at: number): boolean {
    if (this.#changed.at === at) return false;
    return this.state === 'down' || this.deadline <= at - EDGE;
  }

  #isTroubled(at: number): boolean {
    if (this.state === 'down' || this.deadline <= at) return true;
    return this.#expected <= at;
  }

  count(ping: CountedPing): void {
    this.#change(ping.at);
    this.pings += 1;
    const kind = this.state === 'paused' && this.manualResume ? 'ign' : ping.kind;
    this.latest.push({ ...ping, kind });
    if (this.latest.length >= 2 * REMEMBERED) this.latest.splice(0, REMEMBERED);
    if (kind === 'ign') return;
    if (kind === 'start') {
      this.policy.started(this.#runningSince !== null);
      this.#runningSince = ping.at;
      return;
    }
    this.#end(ping, kind === 'success');
  }

  #end({ at, wall }: CountedPing, isGood: boolean): void {
    const since = (instant: number | null): number | null => (instant === null ? null : at - instant);
    const [duration, sinceLast] = [since(this.#runningSince), since(this.#lastPing)];
    this.policy.ended({ isGood, duration, sinceLast, wasUp: this.state === 'up' });
    this.policy.note(isGood);
    this.#excusedUntil = 0;
    this.#lastPing = at;
    this.#dealtWith = at;
    this.#runningSince = null;
    if (!isGood && this.state === 'down') this.policy.reconsider();
    else if (!isGood) this.#flip('down', 'fail', at, [wall]);
    else if (this.state !== 'up') this.#flip('up', '', at, [wall]);
  }

  /** Somebody pauses it. */
  pause(at: number, wall: number): void {
    if (this.state === 'paused') return;
    this.pausedAt = at;
    this.#change(at);
    this.#flip('paused', '', at, [wall]);
    this.policy.paused();
    this.#runningSince = null;
    this.#excusedUntil = 0;
  }

  /** Somebody lets it go on: it waits for its first ping. */
  resume(at: number, wall: number): void {
    this.#change(at);
    this.#flip('new', '', at, [wall]);
    this.#lastPing = null;
    this.#runningSince = null;
  }

  /** How far its policies are is for what is stored to say: something was in the way. */
  adopt(stored: StoredPolicies, at: number): void {
    this.policy.adopt(stored);
    this.#dealtWith = Math.max(this.#dealtWith, at);
  }

  /** What was due for its policies by `at` has come about. */
  catchUp(at: number): void {
    for (let due = this.policyDue; due <= at; due = this.policyDue) {
      const isMissed = this.policy.damped && Math.max(this.#nextMissed, this.#excusedUntil) <= due;
      if (isMissed) {
        this.policy.note(false);
        this.policy.reconsider();
        this.#dealtWith = due;
      } else this.policy.wentOnTooLong();
    }
  }

  #change(at: number): void {
    if (this.#changed.at !== at) this.#changed = { at, wasTroubled: this.#isTroubled(at + EDGE) };
  }

  /** Its deadline has passed; `walls`: what the wall clock may have called that moment. */
  expire(walls: readonly number[]): void {
    const { deadline } = this;
    this.policy.note(false);
    this.#dealtWith = deadline;
    this.#flip('down', 'timeout', deadline, walls);
  }

  /** Nobody watched from `from` to `ready`: who was expected, or would have gone down, gets a whole grace. */
  excuse(from: number, ready: number): void {
    const due = Math.min(this.deadline, this.policyDue);
    if (due > from && due - this.grace <= ready) this.#excusedUntil = ready + this.grace;
  }

  #flip(to: ExpectedFlip['to'], reason: ExpectedFlip['reason'], at: number, walls: readonly number[]): void {
    this.state = to;
    this.flips.push({ at, to, reason, walls });
    if (to === 'down') this.policy.wentDown();
    if (to === 'up') this.policy.wentUp();
  }
}
