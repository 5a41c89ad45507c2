import { Labels } from '@vigie/series';
import type { Result, SampleRow } from '../query.ts';
import type { Expression } from '../syntax/ast.ts';
import { typeOf } from '../syntax/type-of.ts';
import { FLOAT, HISTOGRAM, type MatrixValue, type RangeSeries, type Row } from './columns.ts';
import type { Evaluation } from './evaluation.ts';
import { removeMarkedNames } from './names.ts';
import { isAnywhere } from './presence.ts';

/** The answer to an instant query. */
export function instantResult(expression: Expression, evaluation: Evaluation): Result {
  const time = evaluation.steps.start;
  // A range is gone through here: its columns are valid only until the next series.
  if (typeOf(expression) === 'matrix')
    return { type: 'samples', series: sampleRows(evaluation.matrix(expression, '')) };
  const value = evaluation.evaluate(expression);
  switch (value.type) {
    case 'scalar':
      return { type: 'scalar', time, value: value.values[0] ?? Number.NaN };
    case 'string':
      return { type: 'string', time, value: value.value };
    case 'vector':
      return { type: 'vector', time, rows: removeMarkedNames(value.rows.filter(hasSamples)) };
    case 'matrix':
      throw new Error('a range that was not told by its type');
  }
}

/** The answer to a range query: a scalar is a series without labels. */
export function rangeResult(expression: Expression, evaluation: Evaluation): Result {
  const { steps } = evaluation;
  const value = evaluation.evaluate(expression);
  if (value.type === 'scalar') {
    const kinds = new Uint8Array(steps.count).fill(FLOAT);
    const row = { labels: Labels.EMPTY, dropName: false, values: value.values, kinds, histograms: null };
    return { type: 'matrix', steps, rows: [row] };
  }
  if (value.type !== 'vector') throw new Error(`a range query came to a ${value.type}`);
  const rows = removeMarkedNames(value.rows.filter(hasSamples));
  return { type: 'matrix', steps, rows: rows.toSorted((a, b) => a.labels.compare(b.labels)) };
}

function hasSamples({ kinds }: Row): boolean {
  return isAnywhere(kinds);
}

function sampleRows({ series }: MatrixValue): SampleRow[] {
  const rows = Array.from(series, sampleRow).filter(({ values }) => values.length > 0);
  return rows.sort((a, b) => a.labels.compare(b.labels));
}

function sampleRow({ labels, samples, from, to }: RangeSeries): SampleRow {
  const [first = 0] = from;
  const [end = 0] = to;
  const histograms = samples.histograms?.slice(first, end) ?? null;
  return {
    labels,
    timestamps: samples.timestamps.slice(first, end),
    values: samples.values.slice(first, end),
    kinds: Uint8Array.from({ length: end - first }, (_, at) => (histograms?.[at] ? HISTOGRAM : FLOAT)),
    histograms,
  };
}
