/**
 * What of a check should be an alert, by the policies that docs/alerts.md tells of. Written against the document, not
 * the code.
 */

import type { StoredPolicies } from './store-view.ts';

export interface Policies {
  after?: { bad: number; of: number };
  /** Seconds, here and below. */
  flapping?: { flips: number; within: number };
  longest_run?: number;
  shortest_run?: number;
  least_interval?: number;
  no_overlap?: true;
}

type AlertName = 'CheckDown' | 'RunTooLong' | 'RunTooShort' | 'TooOften' | 'RunsOverlap';

/** How a run ended. Milliseconds; null = it had no start, or was the first. */
export interface RunEnd {
  isGood: boolean;
  duration: number | null;
  sinceLast: number | null;
  /** Whether the check was up before. */
  wasUp: boolean;
}

const ALL_OUTCOMES = 2 ** 20 - 1;

export class PolicyModel {
  readonly policies: Policies;
  #outcomes = 0;
  /** Down, and no alert so far. */
  damped = false;
  /** Alerts that fire. */
  readonly firing = new Set<string>();
  /** How often each was raised. */
  readonly raised = new Map<string, number>();

  constructor(policies: Policies) {
    this.policies = policies;
  }

  /** Something kept the server from looking in time: how far it came is for it to say. */
  adopt({ outcomes, damped, firing, raised }: StoredPolicies): void {
    this.#outcomes = outcomes;
    this.damped = damped;
    this.firing.clear();
    for (const name of firing) this.firing.add(name);
    for (const [name, count] of raised) this.raised.set(name, count);
  }

  /** What is not as it should be; null = all is. */
  compare({ outcomes, damped, firing, raised }: StoredPolicies): string | null {
    const text = (own: readonly string[], counts: ReadonlyMap<string, number>): string =>
      [...own, ...[...counts].map(([name, count]) => `${count} ${name}`)].sort().join();
    const found = `${outcomes} ${damped} ${text(firing, raised)}`;
    const wanted = `${this.#outcomes} ${this.damped} ${text([...this.firing], this.raised)}`;
    return found === wanted ? null : `${found}, not ${wanted}`;
  }

  note(isGood: boolean): void {
    if (this.policies.after !== undefined)
      this.#outcomes = ((this.#outcomes << 1) | (isGood ? 0 : 1)) & ALL_OUTCOMES;
  }

  wentDown(): void {
    this.damped = !this.#isBadEnough;
    if (!this.damped) this.#set('CheckDown', true);
  }

  /** One more bad outcome while it is down. */
  reconsider(): void {
    if (this.damped) this.wentDown();
  }

  wentUp(): void {
    this.damped = false;
    this.#set('CheckDown', false);
  }

  paused(): void {
    this.#outcomes = 0;
    this.damped = false;
    this.firing.clear();
  }

  started(isAnother: boolean): void {
    this.#set('RunTooLong', false);
    this.#set('RunsOverlap', isAnother && this.policies.no_overlap === true);
  }

  ended({ isGood, duration, sinceLast, wasUp }: RunEnd): void {
    const { shortest_run: shortest, least_interval: least } = this.policies;
    this.#set('RunTooLong', false);
    this.#set('RunsOverlap', false);
    if (shortest !== undefined && duration !== null) {
      const isShort = duration < shortest * 1000;
      if (isGood || !isShort) this.#set('RunTooShort', isShort);
    }
    if (least !== undefined && isGood && sinceLast !== null) {
      const isClose = sinceLast < least * 1000;
      if (wasUp || !isClose) this.#set('TooOften', isClose);
    }
  }

  wentOnTooLong(): void {
    this.#set('RunTooLong', true);
  }

  get #isBadEnough(): boolean {
    const { after } = this.policies;
    if (after === undefined) return true;
    let bad = 0;
    for (let i = 0; i < after.of; i++) bad += (this.#outcomes >> i) & 1;
    return bad >= after.bad;
  }

  #set(name: AlertName, isOn: boolean): void {
    if (this.firing.has(name) === isOn) return;
    if (isOn) {
      this.firing.add(name);
      this.raised.set(name, (this.raised.get(name) ?? 0) + 1);
    } else this.firing.delete(name);
  }
}
