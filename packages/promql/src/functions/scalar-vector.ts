import { Labels } from '@vigie/series';
import { FLOAT, type Row, type ScalarValue, type VectorValue } from '../evaluate/columns.ts';
import type { FunctionCall, FunctionEntry } from './function-entry.ts';
import { maximum, minimum } from './maximum.ts';

/** A function of two scalars. */
function ofTwo(name: string, combine: (a: number, b: number) => number): FunctionEntry {
  return {
    name,
    args: ['scalar', 'scalar'],
    returns: 'scalar',
    experimental: true,
    evaluate: (call) => {
      const second = call.scalar(1);
      return { type: 'scalar', values: call.scalar(0).map((a, step) => combine(a, second[step] ?? 0)) };
    },
  };
}

export const SCALARS_AND_VECTORS: readonly FunctionEntry[] = [
  { name: 'scalar', args: ['vector'], returns: 'scalar', evaluate: onlyFloat },
  { name: 'vector', args: ['scalar'], returns: 'vector', evaluate: withoutLabels },
  {
    name: 'pi',
    args: [],
    returns: 'scalar',
    evaluate: ({ context }) => ({
      type: 'scalar',
      values: new Float64Array(context.steps.count).fill(Math.PI),
    }),
  },
  ofTwo('max_of', maximum),
  ofTwo('min_of', minimum),
];

/** NaN at every step where there is not just one float. */
function onlyFloat(call: FunctionCall): ScalarValue {
  const { count } = call.context.steps;
  const values = new Float64Array(count).fill(Number.NaN);
  const found = new Uint8Array(count);
  for (const row of call.vector(0)) {
    for (let step = 0; step < count; step++) {
      if (row.kinds[step] !== FLOAT) continue;
      values[step] = found[step] === 0 ? (row.values[step] ?? 0) : Number.NaN;
      found[step] = 1;
    }
  }
  return { type: 'scalar', values };
}

function withoutLabels(call: FunctionCall): VectorValue {
  const values = call.scalar(0).slice();
  const kinds = new Uint8Array(values.length).fill(FLOAT);
  const row: Row = { labels: Labels.EMPTY, dropName: false, values, kinds, histograms: null };
  return { type: 'vector', rows: [row] };
}
