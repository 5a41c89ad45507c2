import type { Row, Value } from './columns.ts';

/** What was found at one step, at every one of `count` steps. */
export function spread(value: Value, count: number): Value {
  if (value.type === 'scalar')
    return { type: 'scalar', values: new Float64Array(count).fill(value.values[0] ?? 0) };
  if (value.type !== 'vector') return value;
  return { type: 'vector', rows: value.rows.map((row) => spreadRow(row, count)) };
}

function spreadRow(row: Row, count: number): Row {
  return {
    ...row,
    values: new Float64Array(count).fill(row.values[0] ?? 0),
    kinds: new Uint8Array(count).fill(row.kinds[0] ?? 0),
    histograms: row.histograms === null ? null : new Array(count).fill(row.histograms[0]),
  };
}
