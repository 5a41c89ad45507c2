import { scaleHistogram } from '@vigie/series';
import type { Unary } from '../syntax/ast.ts';
import { floatColumn } from './column-memory.ts';
import { FLOAT, type Row, type Value } from './columns.ts';
import type { Evaluation } from './evaluation.ts';
import { mergeSameLabels, unnamed } from './names.ts';

/** The value of `-expression`: another metric, so the names go. */
export function negate({ expression }: Unary, evaluation: Evaluation): Value {
  const value = evaluation.evaluate(expression);
  if (value.type === 'scalar') return { type: 'scalar', values: value.values.map((each) => -each) };
  if (value.type !== 'vector') return value;
  const rows = value.rows.map((row) => negateRow(row, evaluation.delayedNameRemoval));
  return { type: 'vector', rows: mergeSameLabels(rows) };
}

function negateRow(row: Row, delayed: boolean): Row {
  const values = floatColumn(row.values.length);
  for (let step = 0; step < values.length; step++)
    if (row.kinds[step] === FLOAT) values[step] = -(row.values[step] ?? 0);
  const histograms = row.histograms?.map((each) => each && scaleHistogram(each, -1)) ?? null;
  return { ...unnamed(row, delayed), kinds: row.kinds, values, histograms };
}
