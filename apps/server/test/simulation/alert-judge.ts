import { type Account, Accounts } from './account.ts';
import type { CheckModel } from './check-model.ts';
import { HoldJudge } from './hold-judge.ts';
import type { Judge, Restart } from './judge.ts';
import type { Site } from './site.ts';
import type { Decision } from './store-view.ts';

/** Milliseconds between two looks at what is held. */
const LOOK = 30_000;

export interface AlertJudgeOptions {
  site: Site;
  checks(): readonly CheckModel[];
  onViolation(text: string): void;
}

/**
 * Each outage, and each run that breaks a policy, is one alert; its message goes out at once, or when the last thing
 * that holds it back is over and it still fires, to whoever its check's route names; its end is told to the same, and
 * to nobody else.
 */
export class AlertJudge implements Judge {
  readonly #options: AlertJudgeOptions;
  readonly #accounts = new Accounts();
  readonly #holds: HoldJudge;
  #byId: ReadonlyMap<number, CheckModel> = new Map();
  #known = 0;
  #decisions = -1;
  /** The last instant at which anything happened. */
  #last = 0;
  #lookedAt = 0;
  /** Decisions by what they were. */
  readonly #counts = { held: 0, released: 0, untold: 0, quiet: 0, runs: 0 };

  constructor(options: AlertJudgeOptions) {
    this.#options = options;
    const { site } = options;
    const violate = this.#violate.bind(this);
    this.#holds = new HoldJudge({ site, accounts: this.#accounts, violate });
  }

  get counts() {
    return { ...this.#counts, ...this.#holds.counts };
  }

  /** What was decided to tell of a check, in order. */
  told(check: CheckModel): { at: number; to: 'up' | 'down' }[] {
    return this.#accounts.told(check);
  }

  /** Those that fire and were not acknowledged. */
  get unacknowledged(): Account[] {
    return [...this.#accounts.open].filter(({ acknowledged }) => !acknowledged);
  }

  /** Somebody may have changed silences or windows just now. */
  rulesChanged(at: number): void {
    this.#holds.rulesChanged(at);
  }

  advance(now: number): void {
    const { decisions } = this.#options.site;
    if (decisions !== this.#decisions) this.#read(this.#last);
    this.#decisions = decisions;
    this.#last = now;
    if (now < this.#lookedAt + LOOK) return;
    this.#lookedAt = now;
    this.#holds.lookAtHeld(now);
  }

  /** What was decided when the power went is there or not. */
  restarted({ cut }: Restart): void {
    this.rulesChanged(cut);
    this.#read(cut);
    for (const account of this.#accounts.open) account.freeSince = null;
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
    const account = this.#accounts.get(decision.alert);
    if (account === undefined) {
      this.#raise(decision, at);
      return;
    }
    switch (decision.kind) {
      case 'held':
        this.#hold(account, decision, at);
        break;
      case 'released':
        this.#counts.released += 1;
        this.#holds.judgeRelease(account, decision, at);
        this.#tell(account, decision, at);
        break;
      case 'resolved':
        this.#end(account, decision, at);
        break;
      case 'acknowledged':
        if (account.acknowledged) this.#violate(account, 'was acknowledged twice');
        account.acknowledged = true;
        break;
      default:
        this.#violate(account, `was ${decision.kind} again`);
    }
  }

  #raise(decision: Decision, at: number): void {
    const check = this.#byId.get(decision.check);
    if (check === undefined) throw new Error(`BUG: no check ${decision.check}`);
    if (decision.kind !== 'raised') this.#options.onViolation(`${decision.kind} before raised`);
    const before = this.#accounts.firing(check, decision.name);
    if (before !== undefined) this.#violate(before, 'was raised while it fired');
    const account = this.#accounts.add({ id: decision.alert, name: decision.name, check, raisedAt: at });
    if (decision.name !== 'CheckDown') this.#counts.runs += 1;
    if (decision.held === null) this.#tell(account, decision, at);
    else this.#hold(account, decision, at);
  }

  #hold(account: Account, decision: Decision, at: number): void {
    this.#holds.judgeHeld(account, decision, at);
    if (account.toldAt !== null) this.#violate(account, 'is held after it was told');
    this.#counts.held += 1;
    account.held = decision.held ?? [];
    account.heldSince = decision.at;
  }

  #tell(account: Account, decision: Decision, at: number): void {
    this.#holds.judgeTold(account, decision, at);
    if (account.toldAt !== null) this.#violate(account, 'was told twice');
    if (account.overAt !== null) this.#violate(account, 'was told after its end');
    account.toldAt = at;
    account.toldWall = decision.at;
    account.held = [];
  }

  #end(account: Account, { isQuiet }: Decision, at: number): void {
    if (account.overAt !== null) this.#violate(account, 'was resolved twice');
    if (account.toldAt === null) this.#counts.untold += 1;
    if (isQuiet && account.toldAt !== null) {
      if (account.check.pausedAt !== at)
        this.#violate(account, 'ended without a word, and nobody paused its check');
      this.#counts.quiet += 1;
    }
    account.isQuiet = isQuiet;
    account.overAt = at;
    this.#accounts.open.delete(account);
  }

  /** Once a day: what is stored is what the ledger says, and each outage has its alert. */
  audit(): void {
    const { site } = this.#options;
    if (site.view !== null) this.#read(this.#last);
  }

  /** Who was told of what, at the end. */
  conclude(): void {
    const { site, checks, onViolation } = this.#options;
    const { view } = site;
    if (view === null) return;
    if (view.countAlerts() !== this.#accounts.size) onViolation(`${view.countAlerts()} alerts are stored`);
    for (const account of this.#accounts.all()) this.#conclude(account);
    for (const check of checks()) this.#compare(check);
  }

  /** The ledger knows the alerts of a check that there should have been, and which of them fire. */
  #compare(check: CheckModel): void {
    const own = this.#accounts.of(check);
    for (const [name, raised] of check.policy.raised) {
      const found = own.filter((account) => account.name === name).length;
      if (found !== raised) this.#options.onViolation(`${found} ${name} of check ${check.id}, not ${raised}`);
    }
    for (const account of own) {
      const fires = check.policy.firing.has(account.name);
      const isLast = own.findLast(({ name }) => name === account.name) === account;
      if ((account.overAt === null) !== (isLast && fires)) {
        this.#violate(account, `ended at ${account.overAt}, and the check is ${check.state}`);
      }
    }
  }

  #conclude(account: Account): void {
    const { toldAt, overAt, isQuiet, check, id, acknowledged } = account;
    const view = this.#options.site.view;
    const kinds = [
      ...(toldAt === null ? [] : ['firing']),
      ...(toldAt === null || overAt === null || isQuiet ? [] : ['resolved']),
    ];
    const wanted = kinds.flatMap((kind) => check.channels.map((channel) => `${kind} ${channel}`)).sort();
    const found = view?.messagesOf(id) ?? [];
    if (found.join() !== wanted.join()) this.#violate(account, `has messages ${found}, not ${wanted}`);
    const state = overAt === null ? 'firing' : 'resolved';
    const stored = JSON.stringify(view?.alert(id));
    const expected = JSON.stringify({ state, told: toldAt !== null, acked: acknowledged });
    if (stored !== expected) this.#violate(account, `is stored as ${stored}, not ${expected}`);
  }

  #violate({ id, name, check, raisedAt }: Account, what: string): void {
    this.#options.onViolation(`alert ${id} (${name}) of check ${check.id}, raised at ${raisedAt}, ${what}`);
  }
}
