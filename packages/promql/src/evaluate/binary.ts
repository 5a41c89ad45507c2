import type { Binary, VectorMatching } from '../syntax/ast.ts';
import type { Row, ScalarValue, Value, VectorValue } from './columns.ts';
import { type Operand, operate, scalarOperand } from './columns-operators.ts';
import type { Evaluation } from './evaluation.ts';
import { isArithmetic } from './float-operators.ts';
import { mergeSameLabels, unnamed } from './names.ts';
import { combineSets } from './set-operators.ts';
import { matchVectors } from './vector-operators.ts';

/** What stands between two vectors without any modifier. */
const PLAIN_MATCHING: VectorMatching = {
  cardinality: 'one-to-one',
  on: false,
  labels: [],
  include: [],
  fillLeft: null,
  fillRight: null,
};

/**
 * The value of `left operator right`.
 * @throws {ExecutionError} when elements of two vectors do not match as they have to.
 */
export function binary(node: Binary, evaluation: Evaluation): Value {
  const left = evaluation.evaluate(node.left);
  const right = evaluation.evaluate(node.right);
  if (left.type === 'vector' && right.type === 'vector')
    return { type: 'vector', rows: betweenVectors(node, left, right, evaluation) };
  if (left.type === 'vector' && right.type === 'scalar')
    return { type: 'vector', rows: withScalar(node, left.rows, right, 'left', evaluation) };
  if (left.type === 'scalar' && right.type === 'vector')
    return { type: 'vector', rows: withScalar(node, right.rows, left, 'right', evaluation) };
  if (left.type === 'scalar' && right.type === 'scalar') return betweenScalars(node, left, right, evaluation);
  throw new Error(`"${node.operator}" between ${left.type} and ${right.type} was not refused`);
}

function betweenScalars(node: Binary, left: ScalarValue, right: ScalarValue, evaluation: Evaluation): Value {
  const sides = [scalarOperand(left.values), scalarOperand(right.values)] as const;
  return { type: 'scalar', values: operate(node, ...sides, 'left', evaluation).values };
}

function betweenVectors(
  node: Binary,
  left: VectorValue,
  right: VectorValue,
  evaluation: Evaluation,
): readonly Row[] {
  const matching = node.matching ?? PLAIN_MATCHING;
  const { operator } = node;
  if (operator === 'and' || operator === 'or' || operator === 'unless')
    return combineSets(operator, matching, left.rows, right.rows);
  return matchVectors(node, matching, left.rows, right.rows, evaluation);
}

function withScalar(
  node: Binary,
  rows: readonly Row[],
  scalar: ScalarValue,
  vectorSide: 'left' | 'right',
  evaluation: Evaluation,
): readonly Row[] {
  const other = scalarOperand(scalar.values);
  const isNew = node.bool || isArithmetic(node.operator);
  const results = rows.map((row): Row => {
    const { labels, dropName } = isNew ? unnamed(row, evaluation.delayedNameRemoval) : row;
    const sides: [Operand, Operand] = vectorSide === 'left' ? [row, other] : [other, row];
    return { labels, dropName, ...operate(node, ...sides, vectorSide, evaluation) };
  });
  return isNew ? mergeSameLabels(results) : results;
}
