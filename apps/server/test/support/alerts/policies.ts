/** Policies of checks: what becomes an alert because of them, and what does not. */
import type { On } from './bench.ts';
import { flappingSuite } from './flapping-policies.ts';
import { outcomeSuite } from './outcome-policies.ts';
import { runSuite } from './run-policies.ts';

export function policySuite(on: On): void {
  outcomeSuite(on);
  runSuite(on);
  flappingSuite(on);
}
