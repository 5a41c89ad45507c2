import type { CheckModel } from './check-model.ts';
import type { StoredPolicies, StoreView } from './store-view.ts';

/** Milliseconds that a look at a policy may trail the instant that it is due: the timer's coalescing and some more. */
const SLACK = 30;
/** Milliseconds after which nothing is held up any more. */
const SETTLING = 5_000;

export interface PolicyJudgeOptions {
  now(): number;
  /** What the data file holds now; null while no server runs. */
  view(): StoreView | null;
  /** Whether something kept the server from writing at some moment from `instant` on. */
  heldUpSince(instant: number): boolean;
  violate(check: CheckModel, what: string): void;
}

/** Compares what is stored of checks' policies with their models, as far as the server could decide in time. */
export class PolicyJudge {
  readonly #options: PolicyJudgeOptions;
  /** Checks about whose policies it could not. */
  readonly #unsure = new Set<CheckModel>();

  constructor(options: PolicyJudgeOptions) {
    this.#options = options;
  }

  /** Something is about to happen to a check: what was due before has come about, unless that was held up. */
  before(check: CheckModel, at: number): void {
    if (check.policyDue > at) return;
    if (!this.#options.heldUpSince(check.policyDue)) check.catchUp(at - SLACK);
    if (check.policyDue <= at) this.#unsure.add(check);
  }

  /** It has happened. */
  after(check: CheckModel, at: number): void {
    if (this.#unsure.has(check)) this.#adopt(check, at);
  }

  /** The process died: whether what was due by then came about is for the store to say. */
  restarted(check: CheckModel, cut: number): void {
    if (check.policyDue > cut) return;
    this.#unsure.add(check);
    this.#adopt(check, cut);
  }

  /** Compares those of all checks. */
  audit(checks: readonly CheckModel[], view: StoreView): void {
    const stored = view.policies();
    for (const check of checks) this.#compare(check, stored.get(check.id));
  }

  #compare(check: CheckModel, stored: StoredPolicies | undefined): void {
    const now = this.#options.now();
    this.before(check, now);
    if (this.#unsure.has(check)) {
      this.#adopt(check, now, stored);
      return;
    }
    if (check.deadline <= now) return;
    const wrong = stored === undefined ? 'nothing' : check.policy.compare(stored);
    if (wrong !== null) this.#options.violate(check, `has policies and alerts at ${wrong}`);
  }

  #adopt(check: CheckModel, at: number, known?: StoredPolicies): void {
    const stored = known ?? this.#options.view()?.policies(check.id).get(check.id);
    if (stored === undefined) return;
    check.adopt(stored, at);
    if (!this.#options.heldUpSince(at - SETTLING)) this.#unsure.delete(check);
  }
}
