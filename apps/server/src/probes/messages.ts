/** What main and the thread of the probes say to each other. */

import type { TargetRules } from '../outbound/address-policy.ts';
import type { PushedValue, Sibling } from './kind.ts';
import type { ProbeSpec, Run } from './model.ts';
import type { ProbeResult } from './run-once.ts';
import type { Endpoint } from './uplink.ts';

/** What holds for every run. */
export interface ProbeRules {
  targets: TargetRules;
  /** Reached unless our own uplink is gone. */
  uplink: readonly Endpoint[];
}

/** One run for somebody who waits for it. */
export interface OnceRequest {
  ticket: number;
  kind: string;
  settings: unknown;
  /** Milliseconds. */
  timeout: number;
  /** Whose siblings it asks for. */
  projectId: number;
  /** The check it is run for; null = for none. */
  checkId: number | null;
  /** Codes of the checks that this check depends on. */
  parents?: readonly string[];
}

/** What such a run found. */
export interface OnceAnswer {
  result: ProbeResult;
  /** Nothing outside of this machine could be reached: it says nothing about the service. */
  isCutOff: boolean;
}

/** Whose run asks. */
export interface Asker {
  projectId: number;
  /** Null = it is run for no check. */
  checkId: number | null;
}

/** What a run asks main, which reads the store. */
export type Question = { about: 'siblings' } | { about: 'pushed'; metric: string };

/** Main's word: what was not asked for is empty. */
export interface Answer {
  siblings: Sibling[];
  pushed: PushedValue[];
}

export type ToThread =
  | { type: 'set'; specs: ProbeSpec[] }
  | { type: 'drop'; codes: string[] }
  | { type: 'once'; request: OnceRequest }
  | { type: 'rules'; rules: ProbeRules }
  | { type: 'answer'; ticket: number; answer: Answer };

export type FromThread =
  /**
   * `ages`: milliseconds since each began; `late`: by which each began after its instant; `skipped`: instants that were
   * left out so far.
   */
  | { type: 'ran'; runs: Run[]; ages: number[]; late: number[]; skipped: number }
  | ({ type: 'once'; ticket: number; age: number } & OnceAnswer)
  /** It has heard the rules: it lives. */
  | { type: 'alive' }
  | { type: 'question'; ticket: number; asker: Asker; question: Question }
  /** Something threw outside of every run; the thread goes on. */
  | { type: 'fault'; message: string };
