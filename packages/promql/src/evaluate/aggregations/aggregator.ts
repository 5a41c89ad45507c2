import type { Aggregation } from '../../syntax/ast.ts';
import { emptyRow, HISTOGRAM, type Row } from '../columns.ts';
import type { Context } from '../context.ts';
import type { Group } from '../grouping.ts';

/** What an aggregation is computed from. */
export interface AggregationInput {
  readonly node: Aggregation;
  readonly rows: readonly Row[];
  readonly groups: readonly Group[];
  /** The number of steps. */
  readonly count: number;
  readonly context: Context;
  /** The parameter by step. */
  numbers(): Float64Array;
  /** The parameter when it is a string. */
  text(): string;
}

export type Aggregator = (input: AggregationInput) => readonly Row[];

/** One row for each group, still without anything. */
export function groupRow({ labels, dropName }: Group, count: number): Row {
  return emptyRow(labels, dropName, count);
}

/** Says that an aggregation of floats has left histograms out, where it has. */
export function sayHistogramsIgnored({ node, context, rows }: AggregationInput): void {
  if (rows.some(({ histograms, kinds }) => histograms !== null && kinds.includes(HISTOGRAM)))
    context.info(`ignored histogram in ${node.operator} aggregation`, node.expression.span);
}
