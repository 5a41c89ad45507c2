import type { Span } from '../syntax/ast.ts';
import type { Steps } from './columns.ts';

/** What every part of an evaluation is handed. */
export interface Context {
  readonly steps: Steps;
  /** The query's own ends and step, whatever subquery is being evaluated (milliseconds). */
  readonly query: { readonly start: number; readonly end: number; readonly step: number };
  /** Names go at the end of the query instead of in each operation (`EngineOptions.delayedNameRemoval`). */
  readonly delayedNameRemoval: boolean;
  /** Something the reader of the result has to know; said once for each text and place. */
  warn(text: string, span: Span): void;
  /** Something that may be meant; said once for each text and place. */
  info(text: string, span: Span): void;
  /**
   * Counts samples that are read or made, and looks now and then whether the query is to end.
   * @throws {ExecutionError} with too many; {QueryEnded} when cancelled or out of time.
   */
  count(samples: number): void;
}
