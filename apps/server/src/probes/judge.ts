/** What one run means for its check. Pure. */
import { commonSamples } from './exposition.ts';
import type { Reason } from './failure.ts';
import type { Sample } from './kind.ts';
import type { ProbeState, Streak } from './model.ts';
import type { ProbeResult } from './run-once.ts';
import { type Passed, passedBy, passedText, type Threshold, warningOf } from './threshold.ts';

/** What is remembered from run to run. */
export type Memory = Pick<ProbeState, 'failing' | 'streaks' | 'warned'>;

export const NO_MEMORY: Memory = { failing: 0, streaks: {}, warned: [] };

export interface Verdict {
  failure: { reason: Reason; message: string } | null;
  /** What the check is told; `log` = a failure that does not count yet. */
  action: 'success' | 'fail' | 'log';
  /** The sentence that goes with it; empty when there is nothing to say. */
  body: string;
  /** Thresholds beyond their warning limit, by their key: each is an alert. */
  warnings: Map<string, Passed>;
  /** Thresholds whose alert is over, by their key, with why. */
  over: Map<string, 'within' | 'critical'>;
  memory: Memory;
}

/** Names thresholds: of several that watch the same, the second is ` #2`. */
function keysOf(thresholds: readonly Threshold[]): Map<Threshold, string> {
  const count = new Map<string, number>();
  return new Map(
    thresholds.map((threshold) => {
      const key = thresholdKey(threshold);
      const nth = (count.get(key) ?? 0) + 1;
      count.set(key, nth);
      return [threshold, nth === 1 ? key : `${key} #${nth}`];
    }),
  );
}

/** Names a threshold in the store: what it watches, not where its limits are. */
export function thresholdKey({ metric, labels = {}, op }: Threshold): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return `${metric}{${pairs.sort().join(',')}} ${op}`;
}

/**
 * Judges a run. A limit counts once so many runs in a row were beyond it as its threshold says; a failure counts once
 * `failures` runs in a row failed. `before`: what the run before this one measured. Where nothing was measured, warnings stay as they were: nobody knows better.
 */
export function judge(
  result: Omit<ProbeResult, 'at' | 'details'>,
  thresholds: readonly Threshold[],
  failures: number,
  memory: Memory,
  before: readonly Sample[] = [],
): Verdict {
  const isMeasured = result.failure === null || result.samples.length > 0;
  // What every run tells is watched too: how long it took.
  const samples = isMeasured
    ? [...watched(result.samples, before), ...commonSamples({ up: null }, result)]
    : [];
  const keys = keysOf(thresholds);
  const passed = new Map(
    passedBy(thresholds, samples).map((one) => [keys.get(one.threshold) ?? '', one] as const),
  );
  const streaks = isMeasured ? streaksAfter(passed, memory.streaks) : memory.streaks;
  const inForce = [...passed].flatMap(([key, one]) => {
    const counting = countingOf(one, streaks[key]);
    return counting === null ? [] : [[key, counting] as const];
  });
  const criticals = inForce.filter(([, { level }]) => level === 'critical').map(([, one]) => one);
  const warnings = new Map(inForce.filter(([, { level }]) => level === 'warning'));
  const failure = result.failure ?? failureOf(criticals);
  const failing = failure === null ? 0 : memory.failing + 1;
  const critical = new Set(inForce.filter(([key]) => !warnings.has(key)).map(([key]) => key));
  const gone = isMeasured ? memory.warned.filter((key) => !warnings.has(key)) : [];
  const over = new Map(gone.map((key) => [key, critical.has(key) ? 'critical' : 'within'] as const));
  const warned = isMeasured ? [...warnings.keys()] : memory.warned;
  return {
    failure,
    action: failure === null ? 'success' : failing >= failures ? 'fail' : 'log',
    body: bodyOf(failure, failing, failures, warnings),
    warnings,
    over,
    memory: { failing, streaks, warned },
  };
}

/**
 * Samples as limits see them: of a counter, which only says how much there ever was, its growth since the run before;
 * one that shrank began anew. A counter that is seen for the first time says nothing.
 */
function watched(samples: readonly Sample[], before: readonly Sample[]): Sample[] {
  const known = new Map(before.filter(isCounter).map((sample) => [seriesOf(sample), sample.value]));
  return samples.flatMap((sample) => {
    if (!isCounter(sample)) return [sample];
    const last = known.get(seriesOf(sample));
    if (last === undefined) return [];
    return [{ ...sample, value: sample.value < last ? sample.value : sample.value - last }];
  });
}

function isCounter({ name }: Sample): boolean {
  return name.endsWith('_total');
}

function seriesOf({ name, labels }: Sample): string {
  return name + JSON.stringify(Object.entries(labels).sort());
}

function streaksAfter(
  passed: ReadonlyMap<string, Passed>,
  before: Readonly<Record<string, Streak>>,
): Record<string, Streak> {
  return Object.fromEntries(
    [...passed].map(([key, { level }]) => {
      const { any, critical } = before[key] ?? { any: 0, critical: 0 };
      return [key, { any: any + 1, critical: level === 'critical' ? critical + 1 : 0 }];
    }),
  );
}

/** What counts of a limit that is passed: one that is critical too shortly is a warning as long as it takes. */
function countingOf(passed: Passed, { any, critical }: Streak = { any: 0, critical: 0 }): Passed | null {
  const runs = passed.threshold.for ?? 1;
  if (passed.level === 'critical' && critical >= runs) return passed;
  return any >= runs ? warningOf(passed) : null;
}

function failureOf(criticals: readonly Passed[]): Verdict['failure'] {
  if (criticals.length === 0) return null;
  return { reason: 'threshold', message: criticals.map(passedText).join('; ') };
}

function bodyOf(
  failure: Verdict['failure'],
  failing: number,
  failures: number,
  warnings: ReadonlyMap<string, Passed>,
): string {
  if (failure === null) return [...warnings.values()].map(passedText).join('\n');
  const count = failing < failures ? ` (run ${failing} of ${failures} that must fail)` : '';
  return `${failure.reason}: ${failure.message}${count}`;
}
