import { emptyRow, FLOAT, type Row, setFloat } from '../evaluate/columns.ts';
import { unnamed } from '../evaluate/names.ts';
import type { FunctionCall, FunctionEntry } from './function-entry.ts';

/** A function of each float of a vector; native histograms are left out, names go. */
export function mapFunction(name: string, map: (value: number) => number): FunctionEntry {
  return {
    name,
    args: ['vector'],
    returns: 'vector',
    evaluate: (call) => ({ type: 'vector', rows: mapFloats(call, map) }),
  };
}

/** The first argument's rows with each float mapped; what is mapped to undefined is left out. */
export function mapFloats(
  call: FunctionCall,
  map: (value: number, step: number) => number | undefined,
): Row[] {
  const { steps, delayedNameRemoval } = call.context;
  return call.vector(0).map((row) => {
    const { labels, dropName } = unnamed(row, delayedNameRemoval);
    const mapped = emptyRow(labels, dropName, steps.count);
    for (let step = 0; step < steps.count; step++) {
      if (row.kinds[step] !== FLOAT) continue;
      const value = map(row.values[step] ?? 0, step);
      if (value !== undefined) setFloat(mapped, step, value);
    }
    return mapped;
  });
}
