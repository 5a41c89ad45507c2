import {
  ARITHMETIC,
  type Binary,
  type BinaryOperator,
  COMPARISONS,
  type Expression,
  SET_OPERATORS,
  TRIMS,
  type Unary,
  type VectorMatching,
} from './ast.ts';
import { takeSign } from './literals.ts';
import { type Modifiers, readModifiers } from './matching.ts';
import { readOperand } from './operand.ts';
import type { Source } from './source.ts';
import { typeOf } from './type-of.ts';

/** How tightly each operator binds. */
const PRECEDENCE: ReadonlyMap<string, number> = new Map([
  ['or', 1],
  ['and', 2],
  ['unless', 2],
  ...[...COMPARISONS, ...TRIMS].map((operator) => [operator, 3] as const),
  ['+', 4],
  ['-', 4],
  ['*', 5],
  ['/', 5],
  ['%', 5],
  ['atan2', 5],
  ['^', 6],
]);
/** A sign binds as `*` does: `-1 ^ 2` is -1, `-1 * 2` has a negative left side. */
const SIGN_PRECEDENCE = 5;

const SETS: ReadonlySet<string> = new Set(SET_OPERATORS);
const OPERATORS: ReadonlySet<string> = new Set([...ARITHMETIC, ...COMPARISONS, ...TRIMS, ...SET_OPERATORS]);

/** Reads an expression, whatever operators it has. */
export function readExpression(source: Source): Expression {
  return source.tokens.nested(() => readOperators(source, 0));
}

/** Operators that bind at least as tightly as `least`; of equals the left one comes first, but for `^`. */
function readOperators(source: Source, least: number): Expression {
  const { tokens } = source;
  let left = readSigned(source);
  for (let height = 1; ; height++) {
    const { word } = tokens.peek();
    if (!isOperator(word)) return left;
    const precedence = PRECEDENCE.get(word) ?? 0;
    if (precedence < least) return left;
    tokens.requireHeight(height);
    tokens.take();
    const modifiers = readModifiers(source);
    const right = tokens.nested(() => readOperators(source, word === '^' ? precedence : precedence + 1));
    const matching = matchingOf(word, modifiers);
    const vectors = typeOf(left) === 'vector' && typeOf(right) === 'vector';
    const binary: Binary = {
      kind: 'binary',
      operator: word,
      left,
      right,
      bool: modifiers.bool,
      matching: vectors ? matching : null,
      span: { start: left.span.start, end: right.span.end },
    };
    source.matchings.set(binary, matching);
    left = binary;
  }
}

function matchingOf(operator: BinaryOperator, { matching }: Modifiers): VectorMatching {
  const plain = SETS.has(operator) ? 'many-to-many' : 'one-to-one';
  return { ...matching, cardinality: matching.cardinality ?? plain };
}

/** Signs before an operand; one before a literal belongs to it. */
function readSigned(source: Source): Expression {
  const { tokens } = source;
  const sign = takeSign(tokens);
  if (sign === undefined) return readOperand(source);
  const inner = tokens.nested(() => readOperators(source, SIGN_PRECEDENCE + 1));
  const span = { start: sign.start, end: inner.span.end };
  if (inner.kind === 'number') return { ...inner, value: sign.negative ? -inner.value : inner.value, span };
  const unary: Unary = { kind: 'unary', operator: sign.negative ? '-' : '+', expression: inner, span };
  return unary;
}

function isOperator(word: string): word is BinaryOperator {
  return OPERATORS.has(word);
}
