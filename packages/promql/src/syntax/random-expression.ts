import fc from 'fast-check';
import {
  AGGREGATIONS,
  ARITHMETIC,
  type Binary,
  type BinaryOperator,
  COMPARISONS,
  type Expression,
  SET_OPERATORS,
  TRIMS,
  type VectorMatching,
} from './ast.ts';
import { float, labelName, milliseconds, range, selector, shift, span, text } from './random-selector.ts';
import type { FunctionSignature } from './signature.ts';

const signatures: readonly FunctionSignature[] = [
  { name: 'rate', args: ['matrix'], returns: 'vector' },
  { name: 'abs', args: ['vector'], returns: 'vector' },
  { name: 'clamp_max', args: ['vector', 'scalar'], returns: 'vector' },
  { name: 'label_join', args: ['vector', 'string'], more: Number.POSITIVE_INFINITY, returns: 'vector' },
  { name: 'time', args: [], returns: 'scalar' },
];
export const FUNCTIONS_OF_RANDOM = new Map(signatures.map((signature) => [signature.name, signature]));

function inParentheses(expression: Expression): Expression {
  return { kind: 'parentheses', expression, span };
}

const matching: fc.Arbitrary<VectorMatching> = fc
  .record({
    cardinality: fc.constantFrom('one-to-one' as const, 'many-to-one' as const, 'one-to-many' as const),
    on: fc.boolean(),
    labels: fc.uniqueArray(labelName, { maxLength: 2 }),
    include: fc.uniqueArray(labelName, { maxLength: 2 }),
    fillLeft: fc.option(fc.integer()),
    fillRight: fc.option(fc.integer()),
  })
  .map((all) => ({
    ...all,
    include: all.cardinality === 'one-to-one' ? [] : all.include.filter((name) => !all.labels.includes(name)),
  }));

const ofSets: VectorMatching = {
  cardinality: 'many-to-many',
  on: false,
  labels: [],
  include: [],
  fillLeft: null,
  fillRight: null,
};

const SETS: ReadonlySet<BinaryOperator> = new Set(SET_OPERATORS);
const COMPARING: ReadonlySet<BinaryOperator> = new Set(COMPARISONS);
const operator = fc.constantFrom<BinaryOperator>(...ARITHMETIC, ...COMPARISONS, ...TRIMS, ...SET_OPERATORS);

interface Tied {
  readonly scalar: Expression;
  readonly vector: Expression;
  readonly matrix: Expression;
}

const tree = fc.letrec<Tied>(
  (tie: fc.LetrecTypedTie<Tied>): fc.LetrecValue<Tied> => ({
    scalar: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      float.map((value): Expression => ({ kind: 'number', value, duration: false, span })),
      milliseconds.map(
        (value): Expression => ({ kind: 'number', value: value / 1000, duration: true, span }),
      ),
      fc.constant<Expression>({ kind: 'call', name: 'time', args: [], returns: 'scalar', span }),
      tie('scalar').map((inner): Expression => inParentheses(inner)),
      fc.tuple(tie('scalar'), fc.constantFrom(...ARITHMETIC, ...COMPARISONS), tie('scalar')).map(scalars),
    ),
    vector: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      selector,
      tie('matrix').map(
        (arg): Expression => ({ kind: 'call', name: 'rate', args: [arg], returns: 'vector', span }),
      ),
      fc
        .tuple(tie('vector'), tie('scalar'))
        .map((args): Expression => ({ kind: 'call', name: 'clamp_max', args, returns: 'vector', span })),
      fc.tuple(tie('vector'), text, text).map(([arg, ...values]): Expression => {
        const strings = values.map((value): Expression => ({ kind: 'string', value, span }));
        return { kind: 'call', name: 'label_join', args: [arg, ...strings], returns: 'vector', span };
      }),
      fc
        .tuple(
          fc.constantFrom(...AGGREGATIONS),
          tie('scalar'),
          text,
          tie('vector'),
          fc.array(labelName),
          fc.boolean(),
        )
        .map(aggregation),
      fc.tuple(tie('vector'), operator, tie('vector'), matching, fc.boolean()).map(vectors),
      fc.tuple(tie('vector'), fc.constantFrom(...ARITHMETIC, ...COMPARISONS), tie('scalar')).map(mixed),
      tie('vector').map(
        (inner): Expression => ({
          kind: 'unary',
          operator: '-',
          expression: inParentheses(inner),
          span,
        }),
      ),
    ),
    matrix: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.tuple(selector, range).map(
        ([inner, length]): Expression => ({
          kind: 'matrixSelector',
          selector: inner,
          range: length,
          span,
        }),
      ),
      fc.tuple(tie('vector'), range, fc.option(range), shift).map(
        ([inner, length, step, times]): Expression => ({
          kind: 'subquery',
          expression: inParentheses(inner),
          range: length,
          step,
          ...times,
          span,
        }),
      ),
    ),
  }),
);

function aggregation([name, scalar, value, expression, grouping, without]: [
  (typeof AGGREGATIONS)[number],
  Expression,
  string,
  Expression,
  string[],
  boolean,
]): Expression {
  const takes = ['topk', 'bottomk', 'quantile', 'limitk', 'limit_ratio'].includes(name);
  const label: Expression = { kind: 'string', value, span };
  const parameter = name === 'count_values' ? label : takes ? scalar : null;
  return { kind: 'aggregation', operator: name, parameter, expression, grouping, without, span };
}

type Scalars = [Expression, (typeof ARITHMETIC)[number] | (typeof COMPARISONS)[number], Expression];

function scalars([left, name, right]: Scalars): Expression {
  return { ...mixed([left, name, right]), bool: COMPARING.has(name) };
}

function mixed([left, name, right]: Scalars): Binary {
  const sides = { left: inParentheses(left), right: inParentheses(right) };
  return { kind: 'binary', operator: name, ...sides, bool: false, matching: null, span };
}

function vectors([left, name, right, matched, bool]: [
  Expression,
  BinaryOperator,
  Expression,
  VectorMatching,
  boolean,
]): Expression {
  return {
    kind: 'binary',
    operator: name,
    left: inParentheses(left),
    right: inParentheses(right),
    bool: bool && COMPARING.has(name),
    matching: SETS.has(name) ? ofSets : matched,
    span,
  };
}

/** Any expression that follows all rules, for tests: what needs parentheses to stand alone has some. */
export const randomExpression: fc.Arbitrary<Expression> = fc.oneof(tree.scalar, tree.vector, tree.matrix);
