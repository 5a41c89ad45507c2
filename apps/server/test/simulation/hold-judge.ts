import type { Account, Accounts } from './account.ts';
import { Rules } from './rules.ts';
import type { Site } from './site.ts';
import type { Decision } from './store-view.ts';

/** Milliseconds that a decision may trail what it follows: the timer's coalescing and some more. */
const SLACK = 30;
/** Milliseconds that a message may wait for a check that is well again: until the next look, and the timer. */
const LONGEST_WAIT = 300_000 + 1_000 + SLACK;
/** Milliseconds after a step of the clock in which nobody knows when a wall time comes. */
const CONFUSED = 60_000;
const FLAPPING = 'flapping ';

/** What holds a message back at an instant. */
interface Holds {
  surely: ReadonlySet<string>;
  possibly: ReadonlySet<string>;
}

export interface HoldJudgeOptions {
  site: Site;
  accounts: Accounts;
  violate(account: Account, what: string): void;
}

/** A message waits for all that holds it back, for nothing else, and no longer than that. */
export class HoldJudge {
  readonly #options: HoldJudgeOptions;
  readonly #rules = new Rules();
  /** Holds by what they were. */
  readonly counts = { silence: 0, maintenance: 0, dependency: 0, flapping: 0 };

  constructor(options: HoldJudgeOptions) {
    this.#options = options;
  }

  /** Somebody may have changed silences or windows just now. */
  rulesChanged(at: number): void {
    const { view } = this.#options.site;
    if (view !== null) this.#rules.read(view, at);
  }

  /** It must be held by all that surely does, and by nothing that cannot. */
  judgeHeld(account: Account, { held, at: wall }: Decision, at: number): void {
    const { violate } = this.#options;
    const { surely, possibly } = this.#holds(account, at, wall);
    const missing = [...surely].filter((name) => !held?.includes(name));
    const wrong = held?.filter((name) => !possibly.has(name)) ?? [];
    if (missing.length + wrong.length > 0) {
      violate(account, `is held by ${wrong.join()}, which does not, and not by ${missing.join()}`);
    }
    for (const by of ['silence', 'maintenance', 'dependency', 'flapping'] as const) {
      if (held?.some((name) => name.startsWith(by))) this.counts[by] += 1;
    }
  }

  /** Nothing may hold what is told. */
  judgeTold(account: Account, { at: wall }: Decision, at: number): void {
    const { surely } = this.#holds(account, at, wall);
    if (surely.size > 0) {
      this.#options.violate(account, `was told although ${[...surely].join()} holds it`);
    }
  }

  /** What only the clock holds is told at the moment that it means. */
  judgeRelease(account: Account, { at: wall }: Decision, at: number): void {
    const { site, violate } = this.#options;
    let late = Number.POSITIVE_INFINITY;
    for (const name of account.held) {
      const end = this.#rules.endOf(name, account.heldSince);
      if (end === null) return;
      late = Math.min(late, wall - end);
    }
    const since = at - Math.max(late, CONFUSED);
    if (late <= SLACK || site.troubledSince(since) || site.steppedSince(since)) return;
    violate(account, `was told ${late} ms after the end of ${account.held.join()}`);
  }

  /** Whatever is held must be so by something. */
  lookAtHeld(now: number): void {
    const { site, accounts, violate } = this.#options;
    if (site.view === null) return;
    for (const account of accounts.open) {
      if (account.toldAt !== null) continue;
      if (this.#holds(account, now, site.serverWall).possibly.size > 0) {
        account.freeSince = null;
        continue;
      }
      account.freeSince ??= now;
      const since = account.freeSince;
      if (now - since <= LONGEST_WAIT || site.heldUpSince(since) || site.steppedSince(since - CONFUSED))
        continue;
      violate(account, `waits for nothing, since ${now - since} ms`);
    }
  }

  #holds(account: Account, at: number, wall: number): Holds {
    const holds = this.#rules.at(account.check, at, wall, account.raisedAt);
    const [surely, possibly] = [new Set(holds.surely.keys()), new Set(holds.possibly.keys())];
    const flapping = this.#flapping(account, at, wall);
    if (flapping === 'surely') surely.add(FLAPPING);
    if (flapping !== 'no') possibly.add(FLAPPING);
    return { surely, possibly };
  }

  /** Whether its check went down too often for another message so soon after the last one. */
  #flapping({ name, check, held }: Account, at: number, wall: number): 'surely' | 'possibly' | 'no' {
    const { site, accounts } = this.#options;
    const { flapping } = check.policy.policies;
    const last = accounts.lastOutageTold(check);
    if (name !== 'CheckDown' || flapping === undefined || last === undefined || last.toldAt === null)
      return 'no';
    const within = flapping.within * 1000;
    // A look at what is held moves along when the clock is set, and what was told does not.
    const untils = [last.toldWall + within - wall, last.toldAt + within - at];
    if (Math.max(...untils) <= 0) return 'no';
    // What it was held for once holds on, though the count of outages falls meanwhile.
    if (held.includes(FLAPPING)) return 'possibly';
    if (Math.min(...untils) <= 0 || site.steppedSince(at - within)) return 'possibly';
    const downs = site.view?.countDowns(check.id, wall - within) ?? 0;
    return downs >= flapping.flips ? 'surely' : 'no';
  }
}
