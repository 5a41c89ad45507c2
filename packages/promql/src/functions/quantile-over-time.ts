import { floatText } from '@vigie/series';
import type { RangeSeries, Row } from '../evaluate/columns.ts';
import { FLOAT } from '../evaluate/columns.ts';
import type { FunctionCall, FunctionEntry } from './function-entry.ts';
import { overFloats } from './over-floats.ts';
import { quantileWindows } from './sorted-window.ts';

/** The quantile may differ from step to step. */
export const quantileOverTime: FunctionEntry = {
  name: 'quantile_over_time',
  args: ['scalar', 'matrix'],
  returns: 'vector',
  evaluate: (call) => {
    const quantiles = call.scalar(0);
    const strange = [...quantiles.keys()].filter((step) => !isQuantile(quantiles[step]));
    return overFloats(call, 1, (floats: RangeSeries, row: Row) => {
      quantileWindows(floats, row, quantiles);
      for (const step of strange) if (row.kinds[step] === FLOAT) say(call, quantiles[step] ?? 0);
    });
  },
};

function isQuantile(value: number | undefined): boolean {
  return value !== undefined && value >= 0 && value <= 1;
}

/** Said only where there is something to compute. */
function say(call: FunctionCall, quantile: number): void {
  const text = `quantile value should be between 0 and 1, got ${floatText(quantile)}`;
  call.context.warn(text, call.expression(0).span);
}
