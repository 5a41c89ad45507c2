import { decimalText } from '@vigie/series';
import { ExecutionError } from '../execution-error.ts';
import type { AggregationInput } from './aggregator.ts';

/** Numbers from here on are no 64-bit integers. */
const BEYOND_INTEGERS = 2 ** 63;

/**
 * A parameter that says how many, as whole numbers by step.
 * @throws {ExecutionError} when one is NaN or no 64-bit integer.
 */
export function counts(input: AggregationInput): Float64Array {
  return input.numbers().map((value) => {
    if (Number.isNaN(value)) throw new ExecutionError('Parameter value is NaN');
    if (value >= BEYOND_INTEGERS)
      throw new ExecutionError(`Scalar value ${decimalText(value)} overflows int64`);
    if (value <= -BEYOND_INTEGERS)
      throw new ExecutionError(`Scalar value ${decimalText(value)} underflows int64`);
    return Math.trunc(value);
  });
}
