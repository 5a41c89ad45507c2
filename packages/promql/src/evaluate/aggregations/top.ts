import { emptyRow, FLOAT, type Row, setFloat } from '../columns.ts';
import type { Group } from '../grouping.ts';
import { type Aggregator, sayHistogramsIgnored } from './aggregator.ts';
import { counts } from './parameter.ts';

/** More elements than these are sorted as a whole: putting each into its place would cost more. */
const MOST_INSERTED = 64;

/** Whether an element comes before another one. NaN comes last. */
type Before = (value: number, other: number) => boolean;

const BEFORE: Record<'topk' | 'bottomk', Before> = {
  topk: (value, other) => value > other || (Number.isNaN(other) && !Number.isNaN(value)),
  bottomk: (value, other) => value < other || (Number.isNaN(other) && !Number.isNaN(value)),
};

/** `topk` or `bottomk`: the elements themselves, chosen anew at each step; of equal ones the first. */
export function top(which: 'topk' | 'bottomk'): Aggregator {
  return (input) => {
    const parameters = counts(input);
    sayHistogramsIgnored(input);
    return input.groups.flatMap((group) => chosen(group, parameters, input.count, BEFORE[which]));
  };
}

/** The rows with what was chosen of them, in the order in which they came up: with one step that is their rank. */
function chosen(group: Group, parameters: Float64Array, count: number, before: Before): Row[] {
  const results = new Map<Row, Row>();
  for (let step = 0; step < count; step++) {
    for (const row of firstAt(group.rows, step, parameters[step] ?? 0, before)) {
      const result = results.get(row) ?? emptyRow(row.labels, row.dropName, count);
      results.set(row, result);
      setFloat(result, step, row.values[step] ?? 0);
    }
  }
  return [...results.values()];
}

function firstAt(rows: readonly Row[], step: number, limit: number, before: Before): readonly Row[] {
  if (limit < 1) return [];
  const comesBefore = (a: Row, b: Row): boolean => before(a.values[step] ?? 0, b.values[step] ?? 0);
  const present = rows.filter(({ kinds }) => kinds[step] === FLOAT);
  if (limit > MOST_INSERTED || limit >= present.length)
    return present.sort((a, b) => (comesBefore(a, b) ? -1 : Number(comesBefore(b, a)))).slice(0, limit);
  const first: Row[] = [];
  for (const row of present) {
    const last = first.at(-1);
    if (first.length === limit && last !== undefined && !comesBefore(row, last)) continue;
    const place = first.findIndex((other) => comesBefore(row, other));
    if (place === -1) first.push(row);
    else first.splice(place, 0, row);
    if (first.length > limit) first.pop();
  }
  return first;
}
