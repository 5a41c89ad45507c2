import { FUNCTIONS } from '../../../packages/promql/src/functions/table.ts';
import type { Call, Expression } from '../../../packages/promql/src/syntax/ast.ts';
import { parse } from '../../../packages/promql/src/syntax/parse.ts';

/** An expression's tree; null of a text that is none. */
export function treeOf(text: string): Expression | null {
  try {
    return parse(text, { functions: FUNCTIONS, experimentalFunctions: true });
  } catch {
    return null;
  }
}

/** An expression and everything in it, what is around before what is inside. */
export function* nodesOf(expression: Expression): Generator<Expression> {
  yield expression;
  for (const inner of innerOf(expression)) yield* nodesOf(inner);
}

function innerOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'number':
    case 'string':
    case 'vectorSelector':
      return [];
    case 'matrixSelector':
      return [expression.selector];
    case 'call':
      return expression.args;
    case 'aggregation':
      return [...(expression.parameter === null ? [] : [expression.parameter]), expression.expression];
    case 'binary':
      return [expression.left, expression.right];
    case 'subquery':
    case 'unary':
    case 'parentheses':
      return [expression.expression];
  }
}

/** The calls of functions of these names. */
export function callsOf(expression: Expression, names: readonly string[]): Call[] {
  return [...nodesOf(expression)]
    .filter((node) => node.kind === 'call')
    .filter(({ name }) => names.includes(name));
}
