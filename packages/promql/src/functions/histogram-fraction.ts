import { histogramFraction } from '@vigie/series';
import { setFloat } from '../evaluate/columns.ts';
import { forMetricName } from '../evaluate/histogram-texts.ts';
import { classicFraction } from './classic-estimates.ts';
import type { FunctionCall, FunctionEntry } from './function-entry.ts';
import { eachHistogram } from './histogram-sources.ts';
import { ResultRows } from './result-rows.ts';

export const HISTOGRAM_FRACTIONS: readonly FunctionEntry[] = [
  {
    name: 'histogram_fraction',
    args: ['scalar', 'scalar', 'vector'],
    returns: 'vector',
    evaluate: fractions,
  },
];

const HAS_NAN = 'input to histogram_fraction has NaN observations, which are excluded from all fractions';

function fractions(call: FunctionCall): ReturnType<FunctionEntry['evaluate']> {
  const lower = call.scalar(0);
  const upper = call.scalar(1);
  const rows = new ResultRows(call.context.steps.count, (identity, _: null) => identity);
  eachHistogram(call, 2, {
    native: ({ identity, metric }, histogram, step) => {
      const { value, withNaN } = histogramFraction(histogram, lower[step] ?? 0, upper[step] ?? 0);
      if (withNaN) call.context.info(HAS_NAN + forMetricName(metric), call.expression(0).span);
      setFloat(rows.of(identity, null), step, value);
    },
    classic: ({ identity }, buckets, step) =>
      setFloat(rows.of(identity, null), step, classicFraction(buckets, lower[step] ?? 0, upper[step] ?? 0)),
  });
  return { type: 'vector', rows: rows.all };
}
