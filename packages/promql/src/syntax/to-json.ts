import { decimalText } from '@vigie/series';
import type { Duration, Expression, TimeShift, ValueType, VectorMatching, VectorSelector } from './ast.ts';
import type { Signatures } from './signature.ts';

/** A tree as Prometheus' `/api/v1/parse_query` gives it to its UI: plain data, durations in milliseconds. */
export type JsonTree = { readonly type: string } & Readonly<Record<string, unknown>>;

/** A tree for the UI. Durations that depend on the query are 0, as they are there. */
export function toJson(expression: Expression, functions: Signatures): JsonTree {
  const tree = (part: Expression): JsonTree => toJson(part, functions);
  switch (expression.kind) {
    case 'number':
      return { type: 'numberLiteral', val: decimalText(expression.value) };
    case 'string':
      return { type: 'stringLiteral', val: expression.value };
    case 'vectorSelector':
      return { type: 'vectorSelector', ...selector(expression) };
    case 'matrixSelector':
      return {
        type: 'matrixSelector',
        ...selector(expression.selector),
        range: milliseconds(expression.range),
      };
    case 'subquery': {
      const { expression: expr, range, step } = expression;
      const lengths = { range: milliseconds(range), step: milliseconds(step) };
      return { type: 'subquery', expr: tree(expr), ...lengths, ...shift(expression) };
    }
    case 'call': {
      const { name, args } = expression;
      return { type: 'call', func: signature(name, expression.returns, functions), args: args.map(tree) };
    }
    case 'aggregation': {
      const { operator: op, parameter, grouping, without } = expression;
      const param = parameter === null ? null : tree(parameter);
      return { type: 'aggregation', op, expr: tree(expression.expression), param, grouping, without };
    }
    case 'binary': {
      const { operator: op, left, right, bool } = expression;
      const matching = expression.matching === null ? null : matchingTree(expression.matching);
      return { type: 'binaryExpr', op, lhs: tree(left), rhs: tree(right), matching, bool };
    }
    case 'unary':
      return { type: 'unaryExpr', op: expression.operator, expr: tree(expression.expression) };
    case 'parentheses':
      return { type: 'parenExpr', expr: tree(expression.expression) };
  }
}

function selector({ name, matchers, edges, ...times }: VectorSelector): Record<string, unknown> {
  return {
    name,
    matchers: matchers.map((matcher) => ({
      name: matcher.name,
      type: matcher.operator,
      value: matcher.value,
    })),
    anchored: edges === 'anchored',
    smoothed: edges === 'smoothed',
    ...shift(times),
  };
}

function shift({ offset, at }: TimeShift): Record<string, unknown> {
  const timestamp = typeof at === 'number' ? at : null;
  return { offset: milliseconds(offset), timestamp, startOrEnd: typeof at === 'number' ? null : at };
}

function milliseconds(duration: Duration | null): number {
  return duration?.kind === 'durationLiteral' ? duration.milliseconds : 0;
}

/** `variadic` counts what may be left out and what may follow; -1 is any number. */
function signature(name: string, returnType: ValueType, functions: Signatures): Record<string, unknown> {
  const { args = [], optional = 0, more = 0 } = functions.get(name) ?? {};
  const variadic = Number.isFinite(more) ? optional + more : -1;
  return { name, argTypes: args, variadic, returnType };
}

function matchingTree(matching: VectorMatching): Record<string, unknown> {
  const { cardinality: card, labels, on, include, fillLeft: lhs, fillRight: rhs } = matching;
  return { card, labels, on, include, fillValues: { lhs, rhs } };
}
