/** What of a probe crosses threads and lies in the store. */
import type { ProbeRow, ProbeStateRow } from '../store/schema.ts';
import type { ProbeResult } from './run-once.ts';
import type { Threshold } from './threshold.ts';

/** A probe as its runner needs it. */
export interface ProbeSpec {
  checkId: number;
  projectId: number;
  /** Of its check. */
  code: string;
  kind: string;
  /** JSON, as stored. */
  settings: string;
  /** Milliseconds. */
  interval: number;
  timeout: number;
  revision: number;
  /** Codes of the checks that its own depends on: they are looked at first when it fails. */
  parents: string[];
  /** It has never run as it is: its first run does not wait for its turn. */
  isFresh: boolean;
  /** Another node runs it: it is looked at here only when a probe that depends on it fails. */
  isGuest?: boolean;
  /** The thread died with a run of it under way: it runs while no other suspect does. */
  isSuspect?: boolean;
}

/** What one run of a stored probe found. */
export interface Run {
  checkId: number;
  /** Of the probe when it ran. */
  revision: number;
  result: ProbeResult;
  /** Nothing outside of this machine could be reached: the run says nothing about the service. */
  isCutOff?: boolean;
}

/** The part of a result that is kept as JSON. */
export type Found = Pick<ProbeResult, 'phases' | 'samples' | 'details'>;

/** What the last run found, read. */
export interface ProbeState extends Omit<ProbeStateRow, 'found' | 'streaks' | 'warned'> {
  found: Found;
  streaks: Readonly<Record<string, Streak>>;
  warned: readonly string[];
}

/** Runs in a row beyond a threshold's limits. */
export interface Streak {
  /** Beyond either. */
  any: number;
  critical: number;
}

export function stateFrom(row: ProbeStateRow): ProbeState {
  return {
    ...row,
    found: JSON.parse(row.found) as Found,
    streaks: JSON.parse(row.streaks) as Record<string, Streak>,
    warned: JSON.parse(row.warned) as string[],
  };
}

/** The thresholds of a probe: its own, else those of its kind. */
export function thresholdsOf(
  probe: Pick<ProbeRow, 'thresholds'>,
  kind: { thresholds: readonly Threshold[] } | undefined,
): readonly Threshold[] {
  if (probe.thresholds !== '') return JSON.parse(probe.thresholds) as Threshold[];
  return kind?.thresholds ?? [];
}
