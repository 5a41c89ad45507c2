import { floatText } from '@vigie/series';
import { FLOAT, type Row, setFloat } from '../columns.ts';
import { type Aggregator, groupRow, sayHistogramsIgnored } from './aggregator.ts';

/** `quantile`: the parameter may differ from step to step. */
export const quantiles: Aggregator = (input) => {
  const { node, context, count, groups } = input;
  const parameters = input.numbers();
  for (const parameter of new Set(parameters))
    if (!(parameter >= 0 && parameter <= 1) && node.parameter !== null)
      context.warn(
        `quantile value should be between 0 and 1, got ${floatText(parameter)}`,
        node.parameter.span,
      );
  sayHistogramsIgnored(input);
  return groups.map((group) => {
    const result = groupRow(group, count);
    const scratch = new Float64Array(group.rows.length);
    for (let step = 0; step < count; step++) {
      const values = valuesAt(group.rows, step, scratch);
      if (values.length > 0) setFloat(result, step, quantileOf(values, parameters[step] ?? 0));
    }
    return result;
  });
};

function valuesAt(rows: readonly Row[], step: number, scratch: Float64Array): Float64Array {
  let found = 0;
  for (const { kinds, values } of rows) {
    if (kinds[step] !== FLOAT) continue;
    scratch[found] = values[step] ?? 0;
    found++;
  }
  return scratch.subarray(0, found);
}

/** A quantile of some values, which are sorted in place; NaN counts as the smallest. Between two it is on their line. */
export function quantileOf(values: Float64Array, quantile: number): number {
  const { length } = values;
  if (length === 0 || Number.isNaN(quantile)) return Number.NaN;
  if (quantile < 0) return -Infinity;
  if (quantile > 1) return Infinity;
  values.sort();
  // Typed arrays sort NaN behind everything.
  let numbers = length;
  while (numbers > 0 && Number.isNaN(values[numbers - 1])) numbers--;
  const at = (place: number): number => values[place - (length - numbers)] ?? Number.NaN;
  const rank = quantile * (length - 1);
  const lower = Math.max(0, Math.floor(rank));
  const upper = Math.min(length - 1, lower + 1);
  const weight = rank - Math.floor(rank);
  return at(lower) * (1 - weight) + at(upper) * weight;
}
