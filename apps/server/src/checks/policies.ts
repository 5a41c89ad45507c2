/** What a check asks for beyond its status: when its alerts are held back, and what else is worth one. */
import type { CheckRow, CheckStateRow } from '../store/schema.ts';
import type { Severity } from './model.ts';

/** All in seconds where a time is meant. Kept as JSON in `checks.policies`; empty = none. */
export interface Policies {
  /** Down is an alert only when so many of the last outcomes were bad. */
  after?: { bad: number; of: number } | undefined;
  /** Down so often within so long: one message in that time. */
  flapping?: { flips: number; within: number } | undefined;
  longest_run?: number | undefined;
  shortest_run?: number | undefined;
  /** Between two successes. */
  least_interval?: number | undefined;
  no_overlap?: true | undefined;
  /** Of all its alerts, whatever tags and tier say. */
  severity?: Severity | undefined;
}

/** Bit of `check_states.breaches`: the check is down, and its policy keeps that from being an alert so far. */
export const DAMPED = 1;

/** The alerts about runs, the policy that each enforces, and its bit of `check_states.breaches` while it is on. */
export const BREACHES = {
  RunTooLong: { bit: 2, policy: 'longest_run' },
  RunTooShort: { bit: 4, policy: 'shortest_run' },
  TooOften: { bit: 8, policy: 'least_interval' },
  RunsOverlap: { bit: 16, policy: 'no_overlap' },
} as const satisfies Record<string, { bit: number; policy: keyof Policies }>;
export type BreachName = keyof typeof BREACHES;
export const BREACH_NAMES = Object.keys(BREACHES) as BreachName[];

const NONE: Policies = Object.freeze({});
/** Distinct texts kept as read: most checks share few. */
const REMEMBERED = 10_000;
const read = new Map<string, Policies>();

/** The policies of a check. Read on the path of a ping: a text is parsed once, and no text costs nothing. */
export function policiesOf({ policies: text }: Pick<CheckRow, 'policies'>): Policies {
  if (text === '') return NONE;
  let policies = read.get(text);
  if (policies === undefined) {
    policies = JSON.parse(text) as Policies;
    if (read.size >= REMEMBERED) read.clear();
    read.set(text, policies);
  }
  return policies;
}

/** As the column keeps them. */
export function policiesText(policies: Policies): string {
  const text = JSON.stringify(policies);
  return text === '{}' ? '' : text;
}

/** Whether the alert of that name is on. */
export function isBreached({ breaches }: Pick<CheckStateRow, 'breaches'>, name: BreachName): boolean {
  return (breaches & BREACHES[name].bit) !== 0;
}
