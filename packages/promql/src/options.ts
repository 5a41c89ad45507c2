/** What an engine does in its own way. Times are milliseconds. */
export interface EngineOptions {
  /** How long a sample speaks for its series. */
  readonly lookback: number;
  /** The step of subqueries that give none. */
  readonly subqueryStep: number;
  /** Names go at the very end of a query, so that what asks for them in between still finds them. */
  readonly delayedNameRemoval: boolean;
  readonly experimentalFunctions: boolean;
  /** Samples that one query may hold at a time. */
  readonly maxSamples: number;
  /** How long one query may take. */
  readonly timeout: number;
}

/** Prometheus' own defaults. Source: its manual of command line flags. */
export const DEFAULT_OPTIONS: EngineOptions = {
  lookback: 5 * 60_000,
  subqueryStep: 60_000,
  delayedNameRemoval: false,
  experimentalFunctions: false,
  maxSamples: 50_000_000,
  timeout: 2 * 60_000,
};
