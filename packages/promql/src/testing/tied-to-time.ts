import { isStepInvariant } from '../evaluate/step-invariant.ts';
import type { Expression } from '../syntax/ast.ts';
import { print } from '../syntax/print.ts';

/**
 * The text of an expression with everything tied to a time by `@`, so that it is the same whenever it is asked for;
 * undefined when it asks for the time in another way.
 * @param time epoch milliseconds.
 */
export function tiedToTime(expression: Expression, time: number): string | undefined {
  const tied = tie(expression, time);
  return isStepInvariant(tied) ? print(tied) : undefined;
}

/** What is tied already stays so; a subquery is tied as a whole. */
function tie(expression: Expression, time: number): Expression {
  const inner = (each: Expression): Expression => tie(each, time);
  switch (expression.kind) {
    case 'number':
    case 'string':
      return expression;
    case 'vectorSelector':
      return { ...expression, at: expression.at ?? time };
    case 'matrixSelector':
      return { ...expression, selector: { ...expression.selector, at: expression.selector.at ?? time } };
    case 'subquery':
      return { ...expression, at: expression.at ?? time };
    case 'call':
      return { ...expression, args: expression.args.map(inner) };
    case 'binary':
      return { ...expression, left: inner(expression.left), right: inner(expression.right) };
    case 'aggregation':
      return {
        ...expression,
        parameter: expression.parameter === null ? null : inner(expression.parameter),
        expression: inner(expression.expression),
      };
    case 'unary':
    case 'parentheses':
      return { ...expression, expression: inner(expression.expression) };
  }
}
