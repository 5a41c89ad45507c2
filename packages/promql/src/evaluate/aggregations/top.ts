import { emptyRow, FLOAT, type Row, setFloat } from '../columns.ts';
import type { Group } from '../grouping.ts';
import { type Aggregator, sayHistogramsIgnored } from './aggregator.ts';
import { counts } from './parameter.ts';
import { Ranking } from './ranking.ts';

/** `topk` or `bottomk`: the elements themselves, chosen anew at each step. */
export function top(which: 'topk' | 'bottomk'): Aggregator {
  return (input) => {
    const parameters = counts(input);
    sayHistogramsIgnored(input);
    const ranking = new Ranking(which);
    return input.groups.flatMap((group) => chosen(group, parameters, input.count, ranking));
  };
}

/** The rows with what was chosen of them. With one step alone they come by rank. */
function chosen({ rows }: Group, parameters: Float64Array, count: number, ranking: Ranking): Row[] {
  const results = new Map<Row, Row>();
  for (let step = 0; step < count; step++) {
    ranking.begin(Math.max(0, parameters[step] ?? 0));
    for (const row of rows) if (row.kinds[step] === FLOAT) ranking.add(row, row.values[step] ?? 0);
    for (const row of count === 1 ? ranking.ranked() : ranking.unordered) {
      const result = results.get(row) ?? emptyRow(row.labels, row.dropName, count);
      results.set(row, result);
      setFloat(result, step, row.values[step] ?? 0);
    }
  }
  return [...results.values()];
}
