/** What silences hide: of what fires now, and of what may fire. */
import type { Kysely } from 'kysely';
import { AppError } from '../errors.ts';
import type { Database, SilenceRow } from '../store/schema.ts';
import { type FiringAlert, firingAlertsOf, MOST_LOOKED_AT } from './firing.ts';
import { type Matcher, requireMatchers, type Test, testOf } from './matchers.ts';
import type { Labels } from './model.ts';
import { Steps } from './steps.ts';

/** Alerts and checks that a preview names; it counts the others. */
const NAMED = 100;
/** Steps of expressions of one call: a second of looking at worst. Beyond them counts are lower bounds. */
const MOST_STEPS = 30_000_000;

/** A check with the labels that its alert would have. */
export interface LabelledCheck {
  id: number;
  code: string;
  unique_key: string;
  name: string;
  labels: Labels;
}

/** The checks of a project, page by page. */
export type ChecksOf = (db: Kysely<Database>, projectId: number) => AsyncGenerator<LabelledCheck[]>;

export interface Coverage {
  alerts: { count: number; items: FiringAlert[] };
  checks: { count: number; items: LabelledCheck[] };
  /** Whether all there is was looked at. */
  complete: boolean;
  /** Whether it leaves nothing that it would not hide. */
  isEverything: boolean;
}

/** How many of the alerts that fire now each of the silences matches, by its code. */
export async function countHidden(
  db: Kysely<Database>,
  projectId: number,
  silences: readonly Pick<SilenceRow, 'code' | 'matchers'>[],
): Promise<Map<string, number>> {
  const counts = new Map(silences.map(({ code }) => [code, 0]));
  if (silences.length === 0) return counts;
  const tests = silences.map(({ code, matchers }) => ({ code, test: testOf(matchers) }));
  const steps = Steps.forCall(MOST_STEPS);
  for await (const page of firingAlertsOf(db, projectId)) {
    for (const { labels } of page) {
      const own = steps.ofAlert();
      for (const { code, test } of tests) {
        if (test(labels, own)) counts.set(code, (counts.get(code) ?? 0) + 1);
      }
      await steps.rest();
    }
  }
  return counts;
}

/** What a silence with such matchers would hide. @throws AppError `invalid` for matchers that make no sense. */
export async function silenceCoverage(
  db: Kysely<Database>,
  projectId: number,
  matchers: readonly Matcher[],
  checksOf: ChecksOf,
): Promise<Coverage> {
  requireMatchers(matchers);
  const test = testOf(JSON.stringify(matchers));
  const steps = Steps.forCall(MOST_STEPS);
  const alerts = new Tally<FiringAlert>(test, steps);
  for await (const page of firingAlertsOf(db, projectId)) await alerts.add(page);
  const checks = new Tally<LabelledCheck>(test, steps);
  for await (const page of checksOf(db, projectId)) {
    await checks.add(page);
    if (checks.seen >= MOST_LOOKED_AT) break;
  }
  return {
    alerts: alerts.result,
    checks: checks.result,
    complete: alerts.seen < MOST_LOOKED_AT && checks.seen < MOST_LOOKED_AT && !steps.isExhausted,
    isEverything: matchesAll(alerts, checks, test),
  };
}

/** Where there are too few things to tell, whether it matches something of which nothing is known. */
function matchesAll(alerts: Tally<FiringAlert>, checks: Tally<LabelledCheck>, test: Test) {
  const others = alerts.seen - alerts.ofChecks;
  if (checks.seen + others < 2) return test(ANYTHING);
  return alerts.count === alerts.seen && checks.count === checks.seen;
}

const UNLIKELY = 'f6f1c1de-7b5c-4a54-8f5e-0c2f6d3f2b1a';
/** An alert with all the usual labels, whose values nobody means. */
const ANYTHING: Labels = Object.fromEntries(
  ['alertname', 'severity', 'check', 'check_key', 'slug', 'project', 'environment', 'tier', 'tags']
    .concat(['instance', 'job', 'service', 'priority'])
    .map((name) => [name, UNLIKELY]),
);

/** Counts what matches, and keeps the first of it. */
class Tally<T extends { labels: Labels; check_id?: number | null }> {
  seen = 0;
  count = 0;
  ofChecks = 0;
  readonly items: T[] = [];
  readonly #test: Test;
  readonly #steps: Steps;

  constructor(test: Test, steps: Steps) {
    this.#test = test;
    this.#steps = steps;
  }

  async add(page: readonly T[]): Promise<void> {
    for (const one of page) {
      this.seen += 1;
      if (typeof one.check_id === 'number') this.ofChecks += 1;
      await this.#steps.rest();
      if (!this.#test(one.labels, this.#steps.ofAlert())) continue;
      this.count += 1;
      if (this.items.length < NAMED) this.items.push(one);
    }
  }

  get result(): { count: number; items: T[] } {
    return { count: this.count, items: this.items };
  }
}

/** @throws AppError `conflict` when it would hide everything: somebody has to say that this is meant. */
export function requireConfirmed({ alerts, checks, isEverything }: Coverage): void {
  if (!isEverything) return;
  const message =
    `this silence matches everything: it would hide ${alerts.count} alerts that fire now, ` +
    `and those of ${checks.count} checks; send "confirm": true if that is meant`;
  throw new AppError('conflict', message, { field: 'confirm' });
}
