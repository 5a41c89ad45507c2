import type { Signatures } from './signature.ts';

export interface ParseOptions {
  /** The functions that may be called. */
  readonly functions: Signatures;
  /** Whether experimental functions and aggregations may be used: by default they may not. */
  readonly experimentalFunctions?: boolean;
  /** Whether `fill`, `fill_left` and `fill_right` may be used: by default they may. */
  readonly fillModifiers?: boolean;
  /** Whether `anchored` and `smoothed` may be used: by default they may. */
  readonly extendedRangeSelectors?: boolean;
}
