import type { Expression } from './ast.ts';
import { print, printGrouped, printOperator } from './print.ts';
import { printSubqueryRange } from './print-selector.ts';

/** Bytes of the longest line that is left as it is. */
const LONGEST_LINE = 100;
const INDENT = '  ';

/** An expression on as many lines as make it readable, as Prometheus lays it out. */
export function format(expression: Expression): string {
  return layOut(expression, 0);
}

function layOut(expression: Expression, level: number): string {
  const indent = INDENT.repeat(level);
  const line = print(expression);
  const short = new TextEncoder().encode(line).length <= LONGEST_LINE;
  if (expression.kind === 'unary') {
    return indent + expression.operator + layOut(expression.expression, level).trim();
  }
  return short ? indent + line : split(expression, level, indent);
}

function split(expression: Expression, level: number, indent: string): string {
  const inner = (part: Expression): string => layOut(part, level + 1);
  switch (expression.kind) {
    case 'aggregation': {
      const { parameter } = expression;
      const parts = parameter === null ? [expression.expression] : [parameter, expression.expression];
      return enclosed(indent, printGrouped(expression), parts.map(inner));
    }
    case 'call':
      return enclosed(indent, expression.name, expression.args.map(inner));
    case 'parentheses':
      return enclosed(indent, '', [inner(expression.expression)]);
    case 'binary': {
      const { left, right } = expression;
      return `${inner(left)}\n${indent}${printOperator(expression)}\n${inner(right)}`;
    }
    case 'subquery':
      return layOut(expression.expression, level) + printSubqueryRange(expression);
    default:
      return indent + print(expression);
  }
}

function enclosed(indent: string, before: string, parts: readonly string[]): string {
  return `${indent}${before}(\n${parts.join(',\n')}\n${indent})`;
}
