import type { Outcome } from '../../../packages/promql/src/testing/outcome.ts';

/** What an engine says to a query: a result, or why there is none. */
export type Answer =
  | { readonly outcome: Outcome; readonly error: null }
  | { readonly outcome: null; readonly error: Refusal };

export interface Refusal {
  /** The query is wrong (`bad_data`), or it has no answer (`execution`). Prometheus' names. */
  readonly type: string;
  readonly message: string;
}
