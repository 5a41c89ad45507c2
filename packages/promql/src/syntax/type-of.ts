import type { Binary, Expression, ValueType } from './ast.ts';

/** Types of operations that were asked for: a chain of a thousand is asked about at each of its operators. */
const known = new WeakMap<Binary, ValueType>();

/** What an expression is at an instant, told by its tree alone. */
export function typeOf(expression: Expression): ValueType {
  switch (expression.kind) {
    case 'number':
      return 'scalar';
    case 'string':
      return 'string';
    case 'matrixSelector':
    case 'subquery':
      return 'matrix';
    case 'vectorSelector':
    case 'aggregation':
      return 'vector';
    case 'call':
      return expression.returns;
    case 'binary':
      return typeOfBinary(expression);
    case 'unary':
    case 'parentheses':
      return typeOf(expression.expression);
  }
}

function typeOfBinary(binary: Binary): ValueType {
  const before = known.get(binary);
  if (before !== undefined) return before;
  const scalars = typeOf(binary.left) === 'scalar' && typeOf(binary.right) === 'scalar';
  const type = scalars ? 'scalar' : 'vector';
  known.set(binary, type);
  return type;
}
