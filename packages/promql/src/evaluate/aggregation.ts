import type { Aggregation, AggregationName } from '../syntax/ast.ts';
import type { AggregationInput, Aggregator } from './aggregations/aggregator.ts';
import { countValues } from './aggregations/count-values.ts';
import { deviation } from './aggregations/deviation.ts';
import { counted, extreme, grouped } from './aggregations/extremes.ts';
import { limitCount, limitRatio } from './aggregations/limit.ts';
import { quantiles } from './aggregations/quantiles.ts';
import { average, sum } from './aggregations/sum.ts';
import { top } from './aggregations/top.ts';
import type { Row } from './columns.ts';
import type { Evaluation } from './evaluation.ts';
import { groupsOf } from './grouping.ts';

const AGGREGATORS: Record<AggregationName, Aggregator> = {
  sum,
  avg: average,
  min: extreme('min'),
  max: extreme('max'),
  count: counted,
  group: grouped,
  stddev: deviation('stddev'),
  stdvar: deviation('stdvar'),
  quantile: quantiles,
  topk: top('topk'),
  bottomk: top('bottomk'),
  count_values: countValues,
  limitk: limitCount,
  limit_ratio: limitRatio,
};

/**
 * The rows of an aggregation.
 * @throws {ExecutionError} when the parameter is none that it can have.
 */
export function aggregate(node: Aggregation, evaluation: Evaluation): readonly Row[] {
  const rows = evaluation.vector(node.expression);
  const input: AggregationInput = {
    node,
    rows,
    groups: groupsOf(node, rows),
    count: evaluation.steps.count,
    context: evaluation,
    numbers: () => evaluation.scalar(parameter(node)),
    text: () => evaluation.string(parameter(node)),
  };
  return AGGREGATORS[node.operator](input);
}

function parameter({ operator, parameter }: Aggregation): NonNullable<Aggregation['parameter']> {
  if (parameter === null) throw new Error(`${operator} without its parameter was not refused`);
  return parameter;
}
