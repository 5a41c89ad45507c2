import { ABSENT, emptyRow, setFloat, timeOf } from '../evaluate/columns.ts';
import type { Context } from '../evaluate/context.ts';
import { unnamed } from '../evaluate/names.ts';
import type { FunctionCall, FunctionEntry } from './function-entry.ts';

/** A number of seconds that the query itself has. */
function ofQuery(name: string, milliseconds: (query: Context['query']) => number): FunctionEntry {
  return {
    name,
    args: [],
    returns: 'scalar',
    experimental: true,
    evaluate: ({ context }) => ({
      type: 'scalar',
      values: new Float64Array(context.steps.count).fill(milliseconds(context.query) / 1000),
    }),
  };
}

export const TIME: readonly FunctionEntry[] = [
  {
    name: 'time',
    args: [],
    returns: 'scalar',
    evaluate: ({ context: { steps } }) => ({
      type: 'scalar',
      values: Float64Array.from({ length: steps.count }, (_, step) => timeOf(steps, step) / 1000),
    }),
  },
  ofQuery('start', ({ start }) => start),
  ofQuery('end', ({ end }) => end),
  ofQuery('step', ({ step }) => step),
  ofQuery('range', ({ start, end }) => end - start),
  {
    /** Of a selector alone it is the samples' own time, which the evaluator knows; else that of the step. */
    name: 'timestamp',
    args: ['vector'],
    returns: 'vector',
    evaluate: (call) => elementsAt(call, (step) => timeOf(call.context.steps, step) / 1000),
  },
  {
    /** Of a selector alone it is what the samples say, which the evaluator knows; a computed value has no beginning. */
    name: 'start_timestamp',
    args: ['vector'],
    returns: 'vector',
    experimental: true,
    evaluate: (call) => elementsAt(call, () => undefined),
  },
];

function elementsAt(call: FunctionCall, valueAt: (step: number) => number | undefined) {
  const { steps, delayedNameRemoval } = call.context;
  const rows = call.vector(0).map((row) => {
    const { labels, dropName } = unnamed(row, delayedNameRemoval);
    const timed = emptyRow(labels, dropName, steps.count);
    for (let step = 0; step < steps.count; step++) {
      const value = row.kinds[step] === ABSENT ? undefined : valueAt(step);
      if (value !== undefined) setFloat(timed, step, value);
    }
    return timed;
  });
  return { type: 'vector', rows } as const;
}
