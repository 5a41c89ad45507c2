import type { Expression } from '../syntax/ast.ts';

/** Functions whose answer depends on the time they are asked at, whatever their arguments are. */
const TIMED = new Set([
  'time',
  'timestamp',
  'predict_linear',
  'info',
  'days_in_month',
  'day_of_month',
  'day_of_week',
  'day_of_year',
  'hour',
  'minute',
  'month',
  'year',
]);

/** Answers for parts of trees, which never change: every part is asked for again by each part around it. */
const known = new WeakMap<Expression, boolean>();

/**
 * Whether an expression is the same at every step: all its selectors are tied to a time by `@`, and nothing in it asks
 * for the step's time. Such a part is evaluated once.
 */
export function isStepInvariant(expression: Expression): boolean {
  const answer = known.get(expression) ?? decide(expression);
  known.set(expression, answer);
  return answer;
}

function decide(expression: Expression): boolean {
  switch (expression.kind) {
    case 'number':
    case 'string':
      return true;
    case 'vectorSelector':
      return expression.at !== null;
    case 'matrixSelector':
      return expression.selector.at !== null;
    case 'subquery':
      return expression.at !== null;
    case 'call':
      return !TIMED.has(expression.name) && expression.args.every(isStepInvariant);
    case 'aggregation':
      return (
        isStepInvariant(expression.expression) &&
        (expression.parameter === null || isStepInvariant(expression.parameter))
      );
    case 'binary':
      return isStepInvariant(expression.left) && isStepInvariant(expression.right);
    case 'unary':
    case 'parentheses':
      return isStepInvariant(expression.expression);
  }
}
