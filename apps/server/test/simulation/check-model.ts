/**
 * What should be true of one check, told from what was answered to its job. Written against the promises, not
 * the code: virtual time that never steps, no skew, no alert_after.
 */

export type Kind = 'success' | 'fail' | 'start';

export interface CountedPing {
  /** Unique, as its user agent. */
  marker: string;
  kind: Kind;
  /** Virtual ms of its arrival. */
  at: number;
  /** The wall clock at that moment, as the server showed it. */
  wall: number;
}

export interface ExpectedFlip {
  /** Virtual ms. */
  at: number;
  to: 'up' | 'down';
  reason: '' | 'timeout' | 'fail';
  /** The moment it carries: exactly, or one of these when a clock was just set. */
  walls: readonly number[];
  /** Whether channels hear of it. */
  announced: boolean;
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
  'id' | 'code' | 'labels' | 'period' | 'grace' | 'channels' | 'parents' | 'crew'
>;

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
  state: 'new' | 'up' | 'down' = 'new';
  pings = 0;
  readonly latest: CountedPing[] = [];
  readonly flips: ExpectedFlip[] = [];
  #lastPing = 0;
  #runningSince: number | null = null;
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
  }

  /** From when it counts as late: a ping is expected, or a run goes on; Infinity = never. */
  get lateFrom(): number {
    if (this.state === 'down') return Number.POSITIVE_INFINITY;
    const expected = this.state === 'up' ? this.#lastPing + this.period : Number.POSITIVE_INFINITY;
    return Math.min(expected, this.#runningSince ?? Number.POSITIVE_INFINITY);
  }

  /** When it goes down if nothing more comes; Infinity = never. */
  get deadline(): number {
    return Math.max(this.lateFrom + this.grace, this.#excusedUntil);
  }

  /** Whether it is down or late at an instant that is not over yet: surely, and possibly. */
  troubledAt(at: number): { surely: boolean; possibly: boolean } {
    const [soon, late] = [this.#isTroubled(at + EDGE), this.#isTroubled(at - EDGE)];
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
    return this.state === 'up' && this.#lastPing + this.period <= at;
  }

  count(ping: CountedPing): void {
    if (this.#changed.at !== ping.at) {
      this.#changed = { at: ping.at, wasTroubled: this.#isTroubled(ping.at + EDGE) };
    }
    this.pings += 1;
    this.latest.push(ping);
    if (this.latest.length >= 2 * REMEMBERED) this.latest.splice(0, REMEMBERED);
    if (ping.kind === 'start') {
      this.#runningSince = ping.at;
      return;
    }
    this.#excusedUntil = 0;
    this.#lastPing = ping.at;
    this.#runningSince = null;
    if (ping.kind === 'fail' && this.state !== 'down') this.#flip('down', 'fail', ping.at, [ping.wall]);
    if (ping.kind === 'success' && this.state !== 'up') this.#flip('up', '', ping.at, [ping.wall]);
  }

  /** Its deadline has passed; `walls`: what the wall clock may have called that moment. */
  expire(walls: readonly number[]): void {
    this.#flip('down', 'timeout', this.deadline, walls);
  }

  /** Nobody watched from `from` to `ready`: who was expected, or would have gone down, gets a whole grace. */
  excuse(from: number, ready: number): void {
    if (this.deadline > from && this.lateFrom <= ready) this.#excusedUntil = ready + this.grace;
  }

  #flip(to: 'up' | 'down', reason: ExpectedFlip['reason'], at: number, walls: readonly number[]): void {
    const announced = to === 'down' || this.state === 'down';
    this.state = to;
    this.flips.push({ at, to, reason, walls, announced });
  }
}
