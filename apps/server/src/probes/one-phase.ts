import type { ProbeRun } from './kind.ts';

/** Several parts of a run as one phase of it: their own would overlap, or be too many to read. */
export function asOnePhase<T>(run: ProbeRun, name: string, work: (part: ProbeRun) => Promise<T>): Promise<T> {
  return run.phase(name, () => work({ ...run, phase: (_, part) => part() }));
}
