import type {
  Aggregation,
  Binary,
  Call,
  Expression,
  Subquery,
  Unary,
  ValueType,
  VectorMatching,
  VectorSelector,
} from './ast.ts';
import { checkBinary } from './check-binary.ts';
import { checkCount, checkInfo } from './check-call.ts';
import { HIGHEST_TREE } from './limits.ts';
import { ParseError } from './parse-error.ts';
import { quote } from './quote.ts';
import type { Signatures } from './signature.ts';
import { typeOf } from './type-of.ts';

/** What a check needs besides the tree. */
export interface Checked {
  readonly text: string;
  readonly functions: Signatures;
  /** How vectors were to be matched, where there are no two vectors as well. */
  readonly matchings: ReadonlyMap<Binary, VectorMatching>;
}

const NAMES: Readonly<Record<ValueType, string>> = {
  scalar: 'scalar',
  string: 'string',
  vector: 'instant vector',
  matrix: 'range vector',
};

/**
 * Checks types, counts of arguments and matchers of a whole tree.
 * @throws {ParseError} for the first fault that Prometheus would find.
 */
export function check(expression: Expression, checked: Checked): void {
  checkAt(expression, checked, 1);
}

function checkAt(expression: Expression, checked: Checked, depth: number): void {
  if (depth > HIGHEST_TREE) {
    throw new ParseError(`expression has more than ${HIGHEST_TREE} levels`, expression.span, checked.text);
  }
  const below = (part: Expression): void => checkAt(part, checked, depth + 1);
  switch (expression.kind) {
    case 'aggregation':
      checkAggregation(expression, checked, below);
      break;
    case 'binary':
      below(expression.left);
      below(expression.right);
      checkBinary(expression, checked);
      break;
    case 'call':
      checkCall(expression, checked, below);
      break;
    case 'parentheses':
      below(expression.expression);
      break;
    case 'unary':
      below(expression.expression);
      checkSigned(expression, checked);
      break;
    case 'subquery':
      below(expression.expression);
      checkSubquery(expression, checked);
      break;
    case 'matrixSelector':
      checkSelector(expression.selector, checked);
      break;
    case 'vectorSelector':
      checkSelector(expression, checked);
  }
}

function checkSigned({ expression, span }: Unary, { text }: Checked): void {
  const type = typeOf(expression);
  if (type === 'scalar' || type === 'vector') return;
  const allowed = 'unary expression only allowed on expressions of type scalar or instant vector';
  throw new ParseError(`${allowed}, got ${quote(NAMES[type])}`, span, text);
}

function checkSubquery({ expression, span }: Subquery, { text }: Checked): void {
  const type = typeOf(expression);
  if (type === 'vector') return;
  throw new ParseError(`subquery is only allowed on instant vector, got ${type} instead`, span, text);
}

function expectType(expression: Expression, expected: ValueType, context: string, { text }: Checked): void {
  const type = typeOf(expression);
  if (type === expected) return;
  const reason = `expected type ${NAMES[expected]} in ${context}, got ${NAMES[type]}`;
  throw new ParseError(reason, expression.span, text);
}

function checkAggregation(
  { operator, expression, parameter }: Aggregation,
  checked: Checked,
  below: (part: Expression) => void,
): void {
  below(expression);
  expectType(expression, 'vector', 'aggregation expression', checked);
  if (parameter === null) return;
  below(parameter);
  const type = operator === 'count_values' ? 'string' : 'scalar';
  expectType(parameter, type, 'aggregation parameter', checked);
}

function checkCall(call: Call, checked: Checked, below: (part: Expression) => void): void {
  const signature = checked.functions.get(call.name);
  if (signature === undefined) return;
  checkCount(call, signature, checked.text);
  if (call.name === 'info') checkInfo(call, checked.text);
  call.args.forEach((arg, at) => {
    const bare = call.name === 'info' && at === 1;
    if (!bare) below(arg);
    const expected = signature.args[Math.min(at, signature.args.length - 1)];
    if (expected !== undefined) expectType(arg, expected, `call to function ${quote(call.name)}`, checked);
  });
}

function checkSelector({ name, matchers, span }: VectorSelector, { text }: Checked): void {
  if (name !== '') {
    const other = matchers.slice(0, -1).find((each) => each.name === '__name__');
    if (other === undefined) return;
    const names = `${quote(name)} or ${quote(other.value)}`;
    throw new ParseError(`metric name must not be set twice: ${names}`, span, text);
  }
  if (matchers.some((each) => !each.matches(''))) return;
  throw new ParseError('vector selector must contain at least one non-empty matcher', span, text);
}
