import { expander, type Labels, METRIC_NAME } from '@vigie/series';
import type { Row, VectorValue } from '../evaluate/columns.ts';
import { ExecutionError } from '../evaluate/execution-error.ts';
import type { FunctionCall, FunctionEntry } from './function-entry.ts';

export const LABELS: readonly FunctionEntry[] = [
  {
    name: 'label_replace',
    args: ['vector', 'string', 'string', 'string', 'string'],
    returns: 'vector',
    evaluate: replaceLabel,
  },
  {
    name: 'label_join',
    args: ['vector', 'string', 'string', 'string'],
    optional: 1,
    more: Number.POSITIVE_INFINITY,
    returns: 'vector',
    evaluate: joinLabels,
  },
];

function replaceLabel(call: FunctionCall): VectorValue {
  const target = call.string(1);
  const template = call.string(2);
  const source = call.string(3);
  requireLabelName(target, 'destination', call);
  const expand = compile(call.string(4));
  const rows = call.vector(0).map((row) => {
    const value = expand(row.labels.get(source), template);
    return value === undefined ? row : withLabel(row, target, value);
  });
  return { type: 'vector', rows };
}

function compile(expression: string): ReturnType<typeof expander> {
  try {
    return expander(expression);
  } catch {
    throw new ExecutionError(`invalid regular expression in label_replace(): ${expression}`);
  }
}

function joinLabels(call: FunctionCall): VectorValue {
  const target = call.string(1);
  const separator = call.string(2);
  const sources = Array.from({ length: call.count - 3 }, (_, at) => call.string(at + 3));
  for (const source of sources) requireLabelName(source, 'source', call);
  requireLabelName(target, 'destination', call);
  const joined = (labels: Labels): string => sources.map((source) => labels.get(source)).join(separator);
  return { type: 'vector', rows: call.vector(0).map((row) => withLabel(row, target, joined(row.labels))) };
}

/** A name that is written anew is not to go at the end of the query. */
function withLabel(row: Row, name: string, value: string): Row {
  const dropName = name === METRIC_NAME ? false : row.dropName;
  return { ...row, labels: row.labels.with(name, value), dropName };
}

/** Any text is a label's name but none at all, and bytes that are no text. */
function requireLabelName(name: string, what: 'source' | 'destination', { node }: FunctionCall): void {
  if (name === '' || !name.isWellFormed())
    throw new ExecutionError(`invalid ${what} label name in ${node.name}(): ${name}`);
}
