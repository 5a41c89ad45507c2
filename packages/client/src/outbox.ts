/** Reports on their way: in order for each check, tried again, kept while the server is away, bounded. */
import { backoff } from './backoff.ts';
import { Gate } from './gate.ts';
import { reasonOf } from './http.ts';
import type { Log } from './log.ts';
import { isOutcome, laneOf, type Outcome, type Report, titleOf } from './report.ts';
import { startTimer, type Timer } from './timer.ts';

/** What came of one try. */
export type Verdict =
  | { outcome: 'delivered' }
  | { outcome: 'refused'; reason: string }
  /** `after`: milliseconds that the server asks to wait. */
  | { outcome: 'pending'; reason: string; after?: number };

export interface OutboxOptions {
  /** Tries once; a `late` report is delivered with its time. */
  deliver(report: Report, late: boolean): Promise<Verdict>;
  /** Whether late reports are all wanted, or only the last outcome. @throws when that cannot be told yet. */
  keepsTimes(): Promise<boolean>;
  log: Log;
  /** Reports that are kept at most. */
  limit: number;
  /** Tries in a row after which the server counts as away. */
  retryCount: number;
  /** Milliseconds before the second try. */
  retryDelay: number;
}

interface Waiting {
  report: Report;
  settle(outcome: Outcome): void;
}

interface Lane {
  queue: Waiting[];
  /** The pause before the next try. */
  pause: Timer | null;
}

/** Milliseconds after which a report is told with its time: as long as a job waits for it. */
const LATE_AFTER = 2000;
/** Tries at once. */
const CONCURRENCY = 8;

export class Outbox {
  readonly #options: OutboxOptions;
  readonly #lanes = new Map<string, Lane>();
  readonly #gate = new Gate(CONCURRENCY);
  #size = 0;
  #dropped = 0;
  #away = false;
  #idle: (() => void)[] = [];

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Reports that are not delivered yet. */
  get size(): number {
    return this.#size;
  }

  /** Reports that found no room. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Resolves with what became of the report, however long that takes; never rejects. */
  send(report: Report): Promise<Outcome> {
    return new Promise((settle) => {
      const key = laneOf(report.target);
      const lane = this.#lanes.get(key);
      this.#size += 1;
      if (lane !== undefined) lane.queue.push({ report, settle });
      else {
        const fresh: Lane = { queue: [{ report, settle }], pause: null };
        this.#lanes.set(key, fresh);
        void this.#empty(key, fresh);
      }
      if (this.#size > this.#options.limit) this.#makeRoom();
    });
  }

  /** Tries at once all that waits; resolves when nothing is left. */
  async flushed(): Promise<void> {
    if (this.#size === 0) return;
    this.#hurry();
    await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  async #empty(key: string, lane: Lane): Promise<void> {
    for (let failures = 0; lane.queue.length > 0; ) {
      const verdict = await this.#gate.pass(() => this.#tryFirst(lane));
      if (verdict.outcome === 'pending') {
        failures += 1;
        if (failures === this.#options.retryCount) this.#noteAway(verdict.reason);
        const delay = backoff(this.#options.retryDelay, failures, Math.random());
        lane.pause = startTimer(Math.max(delay, verdict.after ?? 0));
        await lane.pause.over;
        lane.pause = null;
      } else {
        failures = 0;
      }
    }
    this.#lanes.delete(key);
    if (this.#size === 0) for (const resolve of this.#idle.splice(0)) resolve();
  }

  /** One try with the first report of a lane, which leaves it unless it is to be tried again. */
  async #tryFirst(lane: Lane): Promise<Verdict> {
    try {
      const late = isLate(lane.queue[0]);
      if (late && !(await this.#options.keepsTimes())) this.#keepLastOutcome(lane);
      const first = lane.queue[0];
      if (first === undefined) return { outcome: 'delivered' };
      const verdict = await this.#options.deliver(first.report, late);
      if (verdict.outcome === 'pending') return verdict;
      if (verdict.outcome === 'refused') {
        this.#options.log.warn(`${titleOf(first.report.target)} is not reported: ${verdict.reason}`);
      }
      if (verdict.outcome === 'delivered') this.#noteBack();
      this.#leave(lane, first, verdict.outcome);
      return verdict;
    } catch (error) {
      return { outcome: 'pending', reason: reasonOf(error) };
    }
  }

  /** A server that would take late reports for present ones gets the last outcome alone. */
  #keepLastOutcome(lane: Lane): void {
    const last = lane.queue.findLastIndex(({ report }) => isOutcome(report));
    const stale = lane.queue.filter((waiting, i) => i !== last && (i < last || isLate(waiting)));
    for (const waiting of stale) this.#leave(lane, waiting, 'superseded');
  }

  #leave(lane: Lane, waiting: Waiting, outcome: Outcome): void {
    const place = lane.queue.indexOf(waiting);
    // It may have been dropped while it was tried.
    if (place === -1) return;
    lane.queue.splice(place, 1);
    this.#size -= 1;
    waiting.settle(outcome);
  }

  /** The longest lane loses its oldest report: a check that says much must not cost others theirs. */
  #makeRoom(): void {
    const lanes = [...this.#lanes.values()];
    const longest = lanes.reduce((most, lane) => (lane.queue.length > most.queue.length ? lane : most));
    const oldest = longest.queue[0];
    if (oldest === undefined) return;
    if (this.#dropped === 0) {
      this.#options.log.warn(`more than ${this.#options.limit} reports wait: the oldest are dropped`);
    }
    this.#dropped += 1;
    this.#leave(longest, oldest, 'dropped');
  }

  #noteAway(reason: string): void {
    if (this.#away) return;
    this.#away = true;
    this.#options.log.warn(`${reason}; reports are kept until that has changed`);
  }

  #noteBack(): void {
    if (!this.#away) return;
    this.#away = false;
    this.#options.log.warn('reports get through again');
    this.#hurry();
  }

  #hurry(): void {
    for (const { pause } of this.#lanes.values()) pause?.stop();
  }
}

function isLate(waiting: Waiting | undefined): boolean {
  return waiting !== undefined && performance.now() - waiting.report.at > LATE_AFTER;
}
