import { type Histogram, histogramMean, histogramVariance } from '@vigie/series';
import { emptyRow, HISTOGRAM, setFloat } from '../evaluate/columns.ts';
import { unnamed } from '../evaluate/names.ts';
import type { FunctionEntry } from './function-entry.ts';

export const HISTOGRAM_STATISTICS: readonly FunctionEntry[] = [
  ofHistogram('histogram_count', ({ count }) => count),
  ofHistogram('histogram_sum', ({ sum }) => sum),
  ofHistogram('histogram_avg', histogramMean),
  ofHistogram('histogram_stdvar', histogramVariance),
  ofHistogram('histogram_stddev', (histogram) => Math.sqrt(histogramVariance(histogram))),
];

/** A number of each native histogram of a vector; floats are left out, names go. */
function ofHistogram(name: string, compute: (histogram: Histogram) => number): FunctionEntry {
  return {
    name,
    args: ['vector'],
    returns: 'vector',
    evaluate: (call) => {
      const { steps, delayedNameRemoval } = call.context;
      const rows = call.vector(0).map((row) => {
        const { labels, dropName } = unnamed(row, delayedNameRemoval);
        const result = emptyRow(labels, dropName, steps.count);
        for (let step = 0; step < steps.count; step++) {
          const histogram = row.kinds[step] === HISTOGRAM ? row.histograms?.[step] : undefined;
          if (histogram !== undefined) setFloat(result, step, compute(histogram));
        }
        return result;
      });
      return { type: 'vector', rows };
    },
  };
}
