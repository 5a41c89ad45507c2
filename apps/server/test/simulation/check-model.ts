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

export class CheckModel {
  readonly id: number;
  readonly code: string;
  /** Milliseconds. */
  readonly period: number;
  readonly grace: number;
  readonly channels: readonly number[];
  state: 'new' | 'up' | 'down' = 'new';
  pings = 0;
  readonly latest: CountedPing[] = [];
  readonly flips: ExpectedFlip[] = [];
  #lastPing = 0;
  #runningSince: number | null = null;
  #excusedUntil = 0;

  constructor(own: Pick<CheckModel, 'id' | 'code' | 'period' | 'grace' | 'channels'>) {
    this.id = own.id;
    this.code = own.code;
    this.period = own.period;
    this.grace = own.grace;
    this.channels = own.channels;
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

  count(ping: CountedPing): void {
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
