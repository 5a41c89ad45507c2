import type { EngineOptions } from '../options.ts';

/** The engine that conformance files are written for. Source: Prometheus' runner of such files. */
export const CONFORMANCE_OPTIONS: Partial<EngineOptions> = {
  lookback: 5 * 60_000,
  subqueryStep: 60_000,
  delayedNameRemoval: true,
  experimentalFunctions: true,
  maxSamples: 10_000,
};
