import { floatText } from '@vigie/series';
import { quantileOf } from '../evaluate/aggregations/quantiles.ts';
import type { FunctionCall, FunctionEntry } from './function-entry.ts';
import { eachWindow, overFloats } from './over-floats.ts';

/** The quantile may differ from step to step. */
export const quantileOverTime: FunctionEntry = {
  name: 'quantile_over_time',
  args: ['scalar', 'matrix'],
  returns: 'vector',
  evaluate: (call: FunctionCall) => {
    const quantiles = call.scalar(0);
    const ofWindow = eachWindow(1, ({ values }, from, to, step) => {
      const quantile = quantiles[step] ?? 0;
      requireBetween0And1(call, quantile);
      return quantileOf(values.slice(from, to), quantile);
    });
    return overFloats(call, 1, ofWindow);
  },
};

/** Said only where there is something to compute. */
function requireBetween0And1(call: FunctionCall, quantile: number): void {
  if (quantile >= 0 && quantile <= 1) return;
  const text = `quantile value should be between 0 and 1, got ${floatText(quantile)}`;
  call.context.warn(text, call.expression(0).span);
}
