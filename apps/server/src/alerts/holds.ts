/** Whether an alert's message must wait, and why. Pure: the circumstances are handed in. */
import type { Test } from './matchers.ts';
import type { Labels } from './model.ts';
import { Steps } from './steps.ts';

export interface Hold {
  by: 'silence' | 'maintenance' | 'dependency' | 'flapping';
  /** What holds it: the code of a silence, a window or a check. */
  id: string;
  /** For people: the comment of a silence, the name of a window or check. */
  text: string;
  /** When to look again, epoch ms. */
  until: number;
}

/** Milliseconds at most that a message waits for the verdict on a check that is only late. */
const LONGEST_VERDICT = 300_000;

/** What holds alerts back at an instant, as far as a batch of alerts may be concerned. */
export interface Circumstances {
  /** The instant, epoch ms. */
  at: number;
  /** In the order in which they were made: they share what the looks at an alert may cost. */
  silences: readonly {
    projectId: number;
    code: string;
    comment: string;
    endsAt: number;
    test: Test;
  }[];
  windows: readonly {
    projectId: number;
    code: string;
    name: string;
    endsAt: number;
    test(l: Labels): boolean;
  }[];
  /** What each check waits for: what it depends on and is down, or about to be judged. */
  dependencies: ReadonlyMap<number, readonly AwaitedCheck[]>;
  /** Checks that go down and come up too fast, and until when their outages are held. */
  flapping: ReadonlyMap<number, { flips: number; until: number }>;
}

/** A check that another one depends on. */
export interface AwaitedCheck {
  id: number;
  code: string;
  name: string;
  until: number;
  /** It is no more than late: `until` is the verdict on it. */
  isLate: boolean;
}

/** What is looked at of an alert. */
export interface Held {
  project_id: number;
  check_id: number | null;
  /** Null = it is no outage of a check. */
  flip_id: string | null;
  labels: Labels;
  /** Epoch ms. */
  raised_at: number;
}

/** Everything that holds it, so that each reason is in the ledger; empty = it is told now. */
export function holdsOf(alert: Held, circumstances: Circumstances): Hold[] {
  const { at, silences, windows, dependencies, flapping } = circumstances;
  const holds: Hold[] = [];
  const steps = Steps.forAlert();
  for (const { projectId, code, comment, endsAt, test } of silences) {
    if (projectId !== alert.project_id || !test(alert.labels, steps)) continue;
    holds.push({ by: 'silence', id: code, text: comment, until: endsAt });
  }
  for (const { projectId, code, name, endsAt, test } of windows) {
    if (projectId !== alert.project_id || !test(alert.labels)) continue;
    holds.push({ by: 'maintenance', id: code, text: name, until: endsAt });
  }
  if (alert.check_id === null) return holds;
  for (const { code, name, until, isLate } of dependencies.get(alert.check_id) ?? []) {
    const verdict = isLate ? Math.min(until, alert.raised_at + LONGEST_VERDICT) : until;
    if (verdict > at) holds.push({ by: 'dependency', id: code, text: name, until: verdict });
  }
  const flaps = alert.flip_id === null ? undefined : flapping.get(alert.check_id);
  if (flaps !== undefined) {
    holds.push({ by: 'flapping', id: '', text: `${flaps.flips} times down`, until: flaps.until });
  }
  return holds;
}

/** When to look again: all that holds it must have ended. */
export function holdUntil(holds: readonly Hold[]): number {
  return holds.reduce((latest, { until }) => Math.max(latest, until), Number.NEGATIVE_INFINITY);
}

export function heldText(holds: readonly Hold[]): string {
  return holds.length === 0 ? '' : JSON.stringify(holds);
}

/** The holds of a row; none when it is not held. */
export function holdsFrom(stored: string): Hold[] {
  return stored === '' ? [] : (JSON.parse(stored) as Hold[]);
}
