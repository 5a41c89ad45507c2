import { ABSENT, FLOAT, type Row } from '../columns.ts';
import { type Aggregator, groupRow, sayHistogramsIgnored } from './aggregator.ts';

/** `min` or `max`: NaN only where there is nothing else. */
export function extreme(which: 'min' | 'max'): Aggregator {
  const isBetter =
    which === 'min'
      ? (value: number, best: number): boolean => value < best
      : (value: number, best: number): boolean => value > best;
  return (input) => {
    sayHistogramsIgnored(input);
    return input.groups.map((group) => {
      const result = groupRow(group, input.count);
      for (const row of group.rows) takeBetter(result, row, isBetter);
      return result;
    });
  };
}

function takeBetter(
  result: Row,
  { kinds, values }: Row,
  isBetter: (value: number, best: number) => boolean,
): void {
  for (let step = 0; step < kinds.length; step++) {
    if (kinds[step] !== FLOAT) continue;
    const value = values[step] ?? 0;
    const best = result.values[step] ?? 0;
    if (result.kinds[step] === ABSENT || Number.isNaN(best) || isBetter(value, best))
      result.values[step] = value;
    result.kinds[step] = FLOAT;
  }
}

/** `count`: of elements of any kind. */
export const counted: Aggregator = ({ groups, count }) =>
  groups.map((group) => {
    const result = groupRow(group, count);
    for (const { kinds } of group.rows) {
      for (let step = 0; step < count; step++) {
        if (kinds[step] === ABSENT) continue;
        result.values[step] = (result.values[step] ?? 0) + 1;
        result.kinds[step] = FLOAT;
      }
    }
    return result;
  });

/** `group`: 1 wherever there is an element. */
export const grouped: Aggregator = (input) => {
  const rows = counted(input);
  for (const { values } of rows) values.fill(1);
  return rows;
};
