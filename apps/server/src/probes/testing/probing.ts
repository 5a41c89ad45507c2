/** Runs a kind of probe against a peer, for tests. */
import assert from 'node:assert/strict';
import { systemClock } from '../../clock.ts';
import type { ProbeKind } from '../kind.ts';
import { type ProbePorts, type ProbeResult, runOnce } from '../run-once.ts';

/** Milliseconds that no run takes, on a machine with much else to do either. */
export const AMPLE = 30_000;

export interface ProbingOptions extends Partial<ProbePorts> {
  /** Milliseconds for the run; {@link AMPLE} unless told. */
  timeout?: number;
  /** What earlier runs left. */
  memory?: Map<string, unknown>;
}

/** One run with these settings. */
export function probing(
  kind: ProbeKind,
  settings: unknown,
  options: ProbingOptions = {},
): Promise<ProbeResult> {
  const { timeout = AMPLE, memory = new Map(), ...ports } = options;
  return runOnce(kind.open(settings), timeout, memory, {
    clock: systemClock,
    rules: () => ({ allowPrivate: true, allow: [] }),
    secret: () => undefined,
    siblings: async () => [],
    pushed: async () => [],
    ...ports,
  });
}

/** The values of a run by `name` or `name{label="value"}`, labels in their order. */
export function valuesOf(result: ProbeResult): Record<string, number> {
  return Object.fromEntries(
    result.samples.map(({ name, labels, value }) => {
      const pairs = Object.entries(labels).map(([label, text]) => `${label}="${text}"`);
      return [pairs.length === 0 ? name : `${name}{${pairs.join(',')}}`, value];
    }),
  );
}

/** Asserts that a run failed so; gives its sentence. */
export function assertFailed(result: ProbeResult, reason: string, message?: RegExp): string {
  assert.equal(result.failure?.reason, reason, result.failure?.message ?? 'the run did not fail');
  if (message !== undefined) assert.match(result.failure?.message ?? '', message);
  return result.failure?.message ?? '';
}

/** Asserts that a run found its service well. */
export function assertWell(result: ProbeResult): void {
  assert.equal(result.failure, null, JSON.stringify(result.failure));
}
