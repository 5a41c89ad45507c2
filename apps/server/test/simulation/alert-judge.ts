import type { CheckModel } from './check-model.ts';
import type { Judge, Restart } from './judge.ts';
import { Rules } from './rules.ts';
import type { Site } from './site.ts';
import type { Decision } from './store-view.ts';

/** Milliseconds that a decision may trail what it follows: the timer's coalescing and some more. */
const SLACK = 30;
/** Milliseconds that a message may wait for a check that is well again: until the next look, and the timer. */
const LONGEST_WAIT = 300_000 + 1_000 + SLACK;
/** Milliseconds between two looks at what is held. */
const LOOK = 30_000;
/** Milliseconds after a step of the clock in which nobody knows when a wall time comes. */
const CONFUSED = 60_000;

/** What the ledger said of one alert so far. Virtual time. */
interface Account {
  id: number;
  check: CheckModel;
  raisedAt: number;
  toldAt: number | null;
  overAt: number | null;
  acknowledged: boolean;
  /** By what it is held, while it is, and since when by the wall clock. */
  held: readonly string[];
  heldSince: number;
  /** Since when nothing holds it, as far as is known. */
  freeSince: number | null;
}

export interface AlertJudgeOptions {
  site: Site;
  checks(): readonly CheckModel[];
  onViolation(text: string): void;
}

/**
 * Each outage is one alert; its message goes out at once, or when the last thing that holds it back is over and
 * it still fires, to whoever its check's route names; its end is told to the same, and to nobody else.
 */
export class AlertJudge implements Judge {
  readonly #options: AlertJudgeOptions;
  readonly #rules = new Rules();
  readonly #accounts = new Map<number, Account>();
  /** Accounts of each check, in order. */
  readonly #own = new Map<number, Account[]>();
  readonly #open = new Set<Account>();
  #byId: ReadonlyMap<number, CheckModel> = new Map();
  #known = 0;
  #decisions = -1;
  /** The last instant at which anything happened. */
  #last = 0;
  #lookedAt = 0;
  /** Decisions by what they were. */
  readonly counts = { held: 0, released: 0, untold: 0, silence: 0, maintenance: 0, dependency: 0 };

  constructor(options: AlertJudgeOptions) {
    this.#options = options;
  }

  get #now(): number {
    return this.#last;
  }

  /** What was decided to tell of a check, in order. */
  told(check: CheckModel): { at: number; to: 'up' | 'down' }[] {
    return (this.#own.get(check.id) ?? []).flatMap(({ toldAt, overAt }) => {
      if (toldAt === null) return [];
      const down = { at: toldAt, to: 'down' as const };
      return overAt === null ? [down] : [down, { at: overAt, to: 'up' as const }];
    });
  }

  /** Those that fire and were not acknowledged. */
  get unacknowledged(): Account[] {
    return [...this.#open].filter(({ acknowledged }) => !acknowledged);
  }

  /** Somebody may have changed silences or windows just now. */
  rulesChanged(at: number): void {
    const { view } = this.#options.site;
    if (view !== null) this.#rules.read(view, at);
  }

  advance(now: number): void {
    const { decisions } = this.#options.site;
    if (decisions !== this.#decisions) this.#read(this.#last);
    this.#decisions = decisions;
    this.#last = now;
    if (now < this.#lookedAt + LOOK) return;
    this.#lookedAt = now;
    this.#lookAtHeld(now);
  }

  /** What was decided when the power went is there or not. */
  restarted({ cut }: Restart): void {
    this.rulesChanged(cut);
    this.#read(cut);
    for (const account of this.#open) account.freeSince = null;
  }

  #read(at: number): void {
    const { view } = this.#options.site;
    if (view === null) return;
    if (this.#byId.size === 0) {
      this.#byId = new Map(this.#options.checks().map((check) => [check.id, check]));
      this.rulesChanged(at);
    }
    for (const decision of view.decisions(this.#known)) {
      this.#known = decision.id;
      this.#take(decision, at);
    }
  }

  #take(decision: Decision, at: number): void {
    const check = this.#byId.get(decision.check);
    if (check === undefined) throw new Error(`BUG: no check ${decision.check}`);
    const account = this.#accounts.get(decision.alert);
    if (account === undefined) {
      if (decision.kind !== 'raised') this.#options.onViolation(`${decision.kind} before raised`);
      this.#raise(decision, check, at);
      return;
    }
    switch (decision.kind) {
      case 'held':
        this.#hold(account, decision, at);
        break;
      case 'released':
        this.counts.released += 1;
        this.#judgeRelease(account, decision, at);
        this.#tell(account, decision, at);
        break;
      case 'resolved':
        this.#end(account, at);
        break;
      case 'acknowledged':
        if (account.acknowledged) this.#violate(account, 'was acknowledged twice');
        account.acknowledged = true;
        break;
      default:
        this.#violate(account, `was ${decision.kind} again`);
    }
  }

  #raise(decision: Decision, check: CheckModel, at: number): void {
    const state = {
      toldAt: null,
      overAt: null,
      acknowledged: false,
      held: [],
      heldSince: 0,
      freeSince: null,
    };
    const account: Account = { id: decision.alert, check, raisedAt: at, ...state };
    const own = this.#own.get(check.id) ?? [];
    if (own.at(-1)?.overAt === null) this.#violate(account, 'was raised while another one fired');
    this.#own.set(check.id, [...own, account]);
    this.#accounts.set(account.id, account);
    this.#open.add(account);
    if (decision.held === null) this.#tell(account, decision, at);
    else this.#hold(account, decision, at);
  }

  /** It must be held by all that surely does, and by nothing that cannot. */
  #hold(account: Account, { held, at: wall }: Decision, at: number): void {
    const { surely, possibly } = this.#rules.at(account.check, at, wall, account.raisedAt);
    const missing = [...surely.keys()].filter((name) => !held?.includes(name));
    const wrong = held?.filter((name) => !possibly.has(name)) ?? [];
    if (missing.length + wrong.length > 0) {
      this.#violate(account, `is held by ${wrong.join()}, which does not, and not by ${missing.join()}`);
    }
    if (account.toldAt !== null) this.#violate(account, 'is held after it was told');
    this.counts.held += 1;
    for (const by of ['silence', 'maintenance', 'dependency'] as const) {
      if (held?.some((name) => name.startsWith(by))) this.counts[by] += 1;
    }
    account.held = held ?? [];
    account.heldSince = wall;
  }

  #tell(account: Account, { at: wall }: Decision, at: number): void {
    const { surely } = this.#rules.at(account.check, at, wall, account.raisedAt);
    if (surely.size > 0) this.#violate(account, `was told although ${[...surely.keys()].join()} holds it`);
    if (account.toldAt !== null) this.#violate(account, 'was told twice');
    if (account.overAt !== null) this.#violate(account, 'was told after its end');
    account.toldAt = at;
    account.held = [];
  }

  /** What only the clock holds is told at the moment that it means. */
  #judgeRelease(account: Account, { at: wall }: Decision, at: number): void {
    const { site } = this.#options;
    let late = Number.POSITIVE_INFINITY;
    for (const name of account.held) {
      const end = this.#rules.endOf(name, account.heldSince);
      if (end === null) return;
      late = Math.min(late, wall - end);
    }
    const since = at - Math.max(late, CONFUSED);
    if (late <= SLACK || site.troubledSince(since) || site.steppedSince(since)) return;
    this.#violate(account, `was told ${late} ms after the end of ${account.held.join()}`);
  }

  #end(account: Account, at: number): void {
    if (account.overAt !== null) this.#violate(account, 'was resolved twice');
    if (account.toldAt === null) this.counts.untold += 1;
    account.overAt = at;
    this.#open.delete(account);
  }

  /** Whatever is held must be so by something. */
  #lookAtHeld(now: number): void {
    const { site } = this.#options;
    if (site.view === null) return;
    for (const account of this.#open) {
      if (account.toldAt !== null) continue;
      const { possibly } = this.#rules.at(account.check, now, site.serverWall, account.raisedAt);
      if (possibly.size > 0) {
        account.freeSince = null;
        continue;
      }
      account.freeSince ??= now;
      const since = account.freeSince;
      if (now - since <= LONGEST_WAIT || site.heldUpSince(since) || site.steppedSince(since - CONFUSED))
        continue;
      this.#violate(account, `waits for nothing, since ${now - since} ms`);
    }
  }

  /** Once a day: what is stored is what the ledger says, and each outage has its alert. */
  audit(): void {
    const { site, checks } = this.#options;
    if (site.view === null) return;
    this.#read(this.#now);
    for (const check of checks()) this.#auditCheck(check);
  }

  #auditCheck(check: CheckModel): void {
    const own = this.#own.get(check.id) ?? [];
    const told = check.flips.filter(({ announced }) => announced);
    const expected = told.map(({ at, to }) => ({ at, to }));
    const found = own.flatMap(({ raisedAt, overAt }) => [
      { at: raisedAt, to: 'down' },
      ...(overAt === null ? [] : [{ at: overAt, to: 'up' }]),
    ]);
    // The last one may be on its way.
    if (Math.abs(found.length - expected.length) > 1) {
      const counts = `${found.length} raised and resolved, not ${expected.length}`;
      this.#options.onViolation(`alerts of check ${check.id} were ${counts}`);
    }
  }

  /** Who was told of what, at the end. */
  conclude(): void {
    const { site, checks, onViolation } = this.#options;
    const { view } = site;
    if (view === null) return;
    if (view.countAlerts() !== this.#accounts.size) onViolation(`${view.countAlerts()} alerts are stored`);
    for (const account of this.#accounts.values()) this.#conclude(account);
    for (const check of checks()) {
      const outages = check.flips.filter(({ to }) => to === 'down').length;
      const raised = this.#own.get(check.id)?.length ?? 0;
      if (raised !== outages) onViolation(`${raised} alerts for ${outages} outages of check ${check.id}`);
      const last = this.#own.get(check.id)?.at(-1);
      if (last !== undefined && (last.overAt === null) !== (check.state === 'down')) {
        this.#violate(last, `ended at ${last.overAt}, and the check is ${check.state}`);
      }
    }
  }

  #conclude(account: Account): void {
    const { toldAt, overAt, check, id, acknowledged } = account;
    const view = this.#options.site.view;
    const kinds = [
      ...(toldAt === null ? [] : ['firing']),
      ...(toldAt === null || overAt === null ? [] : ['resolved']),
    ];
    const wanted = kinds.flatMap((kind) => check.channels.map((channel) => `${kind} ${channel}`)).sort();
    const found = view?.messagesOf(id) ?? [];
    if (found.join() !== wanted.join()) this.#violate(account, `has messages ${found}, not ${wanted}`);
    const state = overAt === null ? 'firing' : 'resolved';
    const stored = JSON.stringify(view?.alert(id));
    const expected = JSON.stringify({ state, told: toldAt !== null, acked: acknowledged });
    if (stored !== expected) this.#violate(account, `is stored as ${stored}, not ${expected}`);
  }

  #violate({ id, check, raisedAt }: Account, what: string): void {
    this.#options.onViolation(`alert ${id} of check ${check.id}, raised at ${raisedAt}, ${what}`);
  }
}
