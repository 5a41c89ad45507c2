import { type CheckModel, type CountedPing, REMEMBERED } from './check-model.ts';
import { Heap } from './heap.ts';
import type { Judge, Restart } from './judge.ts';
import { PolicyJudge } from './policy-judge.ts';
import type { StoredFlip, StoreView } from './store-view.ts';

/** Milliseconds after a deadline by which the flip must be durable: the timer's coalescing and some more. */
const SLACK = 30;
/** Milliseconds until a flip that is held up is looked for again. */
const AGAIN = 1_000;

export interface OracleOptions {
  now(): number;
  /** What the wall clock may call an instant, given when it was set and when the server noticed. */
  wallsOf(instant: number): number[];
  /** What the data file holds now; null while no server runs. */
  view(): StoreView | null;
  /** Whether something kept the server from writing at some moment from `instant` on. */
  heldUpSince(instant: number): boolean;
  onViolation(text: string): void;
}

interface Watched {
  /** When to look. */
  at: number;
  check: CheckModel;
}

/** Somebody asked for a pause, or its end. */
interface Change {
  to: 'paused' | 'new';
  at: number;
  /** The wall clock at that moment, as the server showed it. */
  wall: number;
}

interface Sent {
  check: CheckModel;
  ping: CountedPing;
}

/** Compares the store with the models of all checks: pings, statuses, flips, and each deadline on time. */
export class Oracle implements Judge {
  readonly #options: OracleOptions;
  readonly #checks: CheckModel[] = [];
  readonly #deadlines = new Heap<Watched>((one, other) => one.at < other.at);
  /** For each check the entry of `#deadlines` that counts. */
  readonly #watched = new Map<CheckModel, Watched>();
  /** Flips of each check that were found in the store. */
  readonly #found = new Map<CheckModel, number>();
  readonly #unanswered = new Map<string, Sent>();
  readonly #changes = new Map<CheckModel, Change>();
  readonly #policies: PolicyJudge;

  constructor(options: OracleOptions) {
    this.#options = options;
    const { now, view, heldUpSince } = options;
    const violate = this.#violate.bind(this);
    this.#policies = new PolicyJudge({ now, view, heldUpSince, violate });
  }

  get checks(): readonly CheckModel[] {
    return this.#checks;
  }

  add(check: CheckModel): void {
    this.#checks.push(check);
    this.#found.set(check, 0);
  }

  /** A ping reached the server. */
  sent(check: CheckModel, ping: CountedPing): void {
    this.#unanswered.set(ping.marker, { check, ping });
  }

  /** It was answered as taken: from now on it must be there. */
  taken(marker: string): void {
    const sent = this.#take(marker);
    this.#count(sent);
  }

  /** It was refused: it must not be there. */
  refused(marker: string): void {
    this.#take(marker);
  }

  /** Somebody asks for a pause of a check, or its end. */
  asked(check: CheckModel, change: Change): void {
    this.#changes.set(check, change);
  }

  /** It was answered as done. */
  changed(check: CheckModel): void {
    const change = this.#changes.get(check);
    if (change === undefined) throw new Error(`BUG: no change of check ${check.id} was asked for`);
    this.#changes.delete(check);
    this.#change(check, change);
  }

  /** It was refused. */
  unchanged(check: CheckModel): void {
    this.#changes.delete(check);
  }

  #change(check: CheckModel, { to, at, wall }: Change): void {
    this.#act(check, at, () => {
      if (to === 'paused') check.pause(at, wall);
      else check.resume(at, wall);
    });
  }

  #take(marker: string): Sent {
    const sent = this.#unanswered.get(marker);
    if (sent === undefined) throw new Error(`BUG: ${marker} was not sent`);
    this.#unanswered.delete(marker);
    return sent;
  }

  #count({ check, ping }: Sent): void {
    this.#act(check, ping.at, () => check.count(ping));
  }

  /** Something happens to a check; what was due before it came first, unless that was held up. */
  #act(check: CheckModel, at: number, happen: () => void): void {
    if (check.deadline <= at) this.#expireIfFound(check, at);
    this.#policies.before(check, at);
    happen();
    this.#policies.after(check, at);
    this.#watch(check);
  }

  /** A ping came behind the deadline: it met the check down, unless the flip was held up, or still on its way. */
  #expireIfFound(check: CheckModel, at: number): void {
    if (this.#nextFlip(check)?.reason === 'timeout') {
      check.expire(this.#options.wallsOf(check.deadline));
    } else if (at - check.deadline > SLACK && !this.#options.heldUpSince(check.deadline)) {
      this.#violate(check, `was pinged ${at - check.deadline} ms after its deadline and never down`);
    }
  }

  /** The first flip in the store that is not among the expected ones yet. */
  #nextFlip(check: CheckModel): StoredFlip | undefined {
    return this.#options.view()?.flips(check.id, check.flips.length)[0];
  }

  #watch(check: CheckModel): void {
    const at = check.deadline + SLACK;
    const known = this.#watched.get(check);
    // An entry that comes too early is moved when it comes: most deadlines move on before.
    if (known !== undefined && known.at <= at) return;
    if (at === Number.POSITIVE_INFINITY) return;
    this.#enter(check, at);
  }

  #enter(check: CheckModel, at: number): void {
    const entry = { at, check };
    this.#watched.set(check, entry);
    this.#deadlines.push(entry);
  }

  /** Looks at the checks whose deadlines have passed. */
  advance(now: number): void {
    for (let due = this.#deadlines.first; due !== undefined && due.at <= now; due = this.#deadlines.first) {
      this.#deadlines.pop();
      if (this.#watched.get(due.check) !== due) continue;
      this.#watched.delete(due.check);
      this.#look(due.check, now);
    }
  }

  #look(check: CheckModel, now: number): void {
    if (check.deadline + SLACK > now) {
      this.#watch(check);
      return;
    }
    if (this.#options.view() === null) return;
    if (this.#nextFlip(check)?.reason === 'timeout') {
      check.expire(this.#options.wallsOf(check.deadline));
      this.#matchFlips(check);
    } else if (this.#options.heldUpSince(check.deadline)) {
      this.#enter(check, now + AGAIN);
    } else {
      this.#violate(check, `is not down ${now - check.deadline} ms after its deadline`);
    }
  }

  /** Whether a check should be going down just now. */
  get isDeadline(): boolean {
    const first = this.#deadlines.first;
    return (
      first !== undefined &&
      first.at - SLACK <= this.#options.now() &&
      first.check.deadline + SLACK <= first.at
    );
  }

  /** What was asked of the dead process is there or not, and whoever nobody watched is excused. */
  restarted({ cut, outages }: Restart): void {
    const view = this.#options.view();
    if (view === null) throw new Error('BUG: no server runs');
    for (const [marker, sent] of this.#unanswered) {
      this.#unanswered.delete(marker);
      if (view.hasPing(sent.check.id, marker)) this.#count(sent);
    }
    for (const [check, change] of this.#changes) {
      this.#changes.delete(check);
      if (this.#nextFlip(check)?.to === change.to) this.#change(check, change);
    }
    for (const check of this.#checks) {
      if (check.deadline <= cut && this.#nextFlip(check)?.reason === 'timeout') {
        check.expire(this.#options.wallsOf(check.deadline));
      }
      this.#policies.restarted(check, cut);
      for (const { from, to } of outages) check.excuse(from, to);
    }
    this.#deadlines.clear();
    this.#watched.clear();
    for (const check of this.#checks) this.#watch(check);
    this.audit();
  }

  /** Compares every count, status and flip. */
  audit(): void {
    const { now, view: viewNow } = this.#options;
    const view = viewNow();
    if (view === null) return;
    const states = view.states();
    let [flips, due] = [0, 0];
    for (const check of this.#checks) {
      const stored = states.get(check.id);
      if (stored?.pings !== check.pings) {
        this.#violate(check, `${stored?.pings} pings are stored, not ${check.pings}`);
      }
      flips += check.flips.length;
      // A flip that is due at this very moment may be there or not.
      if (check.deadline <= now()) due += 1;
      else if (stored?.status !== check.state) this.#violate(check, `is stored as ${stored?.status}`);
      else if (check.flips.length > (this.#found.get(check) ?? 0)) this.#matchFlips(check);
    }
    this.#policies.audit(this.#checks, view);
    const more = view.countFlips() - flips;
    if (more >= 0 && more <= due) return;
    for (const check of this.#checks) this.#matchFlips(check);
  }

  /** The expected flips and no others, each at its moment. */
  #matchFlips(check: CheckModel): void {
    const found = this.#found.get(check) ?? 0;
    const stored = this.#options.view()?.flips(check.id, found) ?? [];
    const expected = check.flips.slice(found);
    const matches =
      stored.length === expected.length &&
      stored.every((flip, i) => {
        const wanted = expected[i];
        return wanted?.to === flip.to && wanted.reason === flip.reason && wanted.walls.includes(flip.at);
      });
    if (!matches) {
      this.#violate(check, `has flips ${JSON.stringify(stored)}, not ${JSON.stringify(expected)}`);
    }
    this.#found.set(check, check.flips.length);
  }

  /** Compares the end of each check's log with the pings that were taken. */
  conclude(): void {
    for (const check of this.#checks) this.#compareLog(check);
  }

  #compareLog(check: CheckModel): void {
    const stored = this.#options.view()?.latestPings(check.id, REMEMBERED) ?? [];
    const expected = check.latest.slice(-REMEMBERED).map(({ marker, kind }) => ({ marker, kind }));
    if (JSON.stringify(stored) === JSON.stringify(expected)) return;
    this.#violate(check, `has a log that ends ${JSON.stringify(stored.slice(-3))}`);
  }

  #violate(check: CheckModel, what: string): void {
    this.#options.onViolation(`check ${check.id} (${check.state}, deadline ${check.deadline}) ${what}`);
  }
}
