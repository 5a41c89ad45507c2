import { decimalText } from '@vigie/series';
import type { Aggregation, Binary, Expression, NumberLiteral, VectorMatching } from './ast.ts';
import { durationText } from './durations.ts';
import { printLabelName, printMatrixSelector, printSelector, printSubqueryRange } from './print-selector.ts';
import { quote } from './quote.ts';

/** An expression on one line, as Prometheus prints one that it has read. */
export function print(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return printNumber(expression);
    case 'string':
      return quote(expression.value);
    case 'vectorSelector':
      return printSelector(expression);
    case 'matrixSelector':
      return printMatrixSelector(expression);
    case 'subquery':
      return print(expression.expression) + printSubqueryRange(expression);
    case 'call':
      return `${expression.name}(${expression.args.map(print).join(', ')})`;
    case 'aggregation':
      return printAggregation(expression);
    case 'binary':
      return `${print(expression.left)} ${printOperator(expression)} ${print(expression.right)}`;
    case 'unary':
      return expression.operator + print(expression.expression);
    case 'parentheses':
      return `(${print(expression.expression)})`;
  }
}

function printNumber({ value, duration }: NumberLiteral): string {
  return duration ? durationText(Math.round(value * 1000)) : decimalText(value);
}

function printAggregation(aggregation: Aggregation): string {
  const { parameter, expression } = aggregation;
  const before = parameter === null ? '' : `${print(parameter)}, `;
  return `${printGrouped(aggregation)}(${before}${print(expression)})`;
}

/** An aggregation's name with what it is grouped by, up to its arguments. */
export function printGrouped({ operator, grouping, without }: Aggregation): string {
  if (!without && grouping.length === 0) return operator;
  return `${operator} ${without ? 'without' : 'by'} (${labelList(grouping)}) `;
}

/** An operator with all its modifiers. */
export function printOperator({ operator, bool, matching }: Binary): string {
  return operator + (bool ? ' bool' : '') + (matching === null ? '' : printMatching(matching));
}

function printMatching({ cardinality, on, labels, include, fillLeft, fillRight }: VectorMatching): string {
  const grouped = cardinality === 'many-to-one' || cardinality === 'one-to-many';
  const side = cardinality === 'many-to-one' ? 'left' : 'right';
  const match = on || grouped || labels.length > 0 ? ` ${on ? 'on' : 'ignoring'} (${labelList(labels)})` : '';
  const group = grouped ? ` group_${side} (${labelList(include)})` : '';
  return match + group + printFills(fillLeft, fillRight);
}

function printFills(left: number | null, right: number | null): string {
  if (left !== null && right !== null && Object.is(left, right)) return printFill('fill', left);
  return printFill('fill_left', left) + printFill('fill_right', right);
}

function printFill(word: string, value: number | null): string {
  return value === null ? '' : ` ${word} (${decimalText(value)})`;
}

function labelList(names: readonly string[]): string {
  return names.map(printLabelName).join(', ');
}
