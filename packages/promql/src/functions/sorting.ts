import { ABSENT, HISTOGRAM, type Row, type VectorValue } from '../evaluate/columns.ts';
import type { FunctionCall, FunctionEntry } from './function-entry.ts';
import { compareNaturally } from './natural-order.ts';

export const SORTING: readonly FunctionEntry[] = [
  sortFunction('sort', (a, b) => a - b),
  sortFunction('sort_desc', (a, b) => b - a),
  labelSortFunction('sort_by_label', 1),
  labelSortFunction('sort_by_label_desc', -1),
];

/** Sorts by value, NaN last; native histograms have none and are left out. */
function sortFunction(name: string, compare: (a: number, b: number) => number): FunctionEntry {
  const compareRows = (a: Row, b: Row): number => {
    const left = a.values[0] ?? 0;
    const right = b.values[0] ?? 0;
    if (Number.isNaN(left) || Number.isNaN(right))
      return Number(Number.isNaN(left)) - Number(Number.isNaN(right));
    return left === right ? 0 : compare(left, right);
  };
  return {
    name,
    args: ['vector'],
    returns: 'vector',
    evaluate: (call) => sorted(call, call.vector(0).map(withoutHistograms), compareRows),
  };
}

/** Sorts by the values of labels, numbers in them by size; then by all labels. */
function labelSortFunction(name: string, direction: 1 | -1): FunctionEntry {
  return {
    name,
    args: ['vector', 'string'],
    optional: 1,
    more: Number.POSITIVE_INFINITY,
    returns: 'vector',
    experimental: true,
    evaluate: (call) => {
      const names = Array.from({ length: call.count - 1 }, (_, at) => call.string(at + 1));
      return sorted(call, call.vector(0), (a, b) => direction * compareLabels(names, a, b));
    },
  };
}

function compareLabels(names: readonly string[], { labels: a }: Row, { labels: b }: Row): number {
  for (const name of names) {
    const order = compareNaturally(a.get(name), b.get(name));
    if (order !== 0) return order;
  }
  return a.compare(b);
}

/** Only an instant has an order of its own: ranges are sorted by labels in the end, whatever is done here. */
function sorted(call: FunctionCall, rows: readonly Row[], compare: (a: Row, b: Row) => number): VectorValue {
  if (call.context.steps.count === 1) {
    return { type: 'vector', rows: rows.filter(({ kinds }) => kinds[0] !== ABSENT).sort(compare) };
  }
  call.context.warn(
    'sort is ineffective for range queries since results are always ordered by labels',
    call.node.span,
  );
  return { type: 'vector', rows };
}

function withoutHistograms(row: Row): Row {
  if (row.histograms === null) return row;
  const kinds = row.kinds.map((kind) => (kind === HISTOGRAM ? ABSENT : kind));
  return { ...row, kinds, histograms: null };
}
