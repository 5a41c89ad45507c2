import assert from 'node:assert/strict';
import test from 'node:test';
import type { Expression, ValueType } from './ast.ts';
import { parse } from './parse.ts';
import { print } from './print.ts';
import type { FunctionSignature } from './signature.ts';
import { typeOf } from './type-of.ts';

const signatures: readonly FunctionSignature[] = [
  { name: 'rate', args: ['matrix'], returns: 'vector' },
  { name: 'time', args: [], returns: 'scalar' },
  { name: 'new', args: ['vector'], returns: 'vector', experimental: true },
  { name: 'round', args: ['vector', 'scalar'], optional: 1, returns: 'vector' },
  {
    name: 'join',
    args: ['vector', 'string'],
    optional: 1,
    more: Number.POSITIVE_INFINITY,
    returns: 'vector',
  },
  { name: 'some', args: ['vector', 'scalar'], more: 2, returns: 'vector' },
];
const functions = new Map(signatures.map((signature) => [signature.name, signature]));

function read(text: string): Expression {
  return parse(text, { functions });
}

/** An expression with parentheses around every operation, which shows what belongs together. */
function shape(expression: Expression): string {
  switch (expression.kind) {
    case 'binary':
      return `(${shape(expression.left)} ${expression.operator} ${shape(expression.right)})`;
    case 'unary':
      return `(${expression.operator}${shape(expression.expression)})`;
    default:
      return print(expression);
  }
}

const SHAPES: readonly [text: string, shape: string][] = [
  ['a or b and c', '(a or (b and c))'],
  ['a and b unless c', '((a and b) unless c)'],
  ['a == b + c', '(a == (b + c))'],
  ['a + b * c', '(a + (b * c))'],
  ['a - b - c', '((a - b) - c)'],
  ['a * b atan2 c % d', '(((a * b) atan2 c) % d)'],
  ['2 ^ 3 ^ 2', '(2 ^ (3 ^ 2))'],
  ['-1 ^ 2', '(-(1 ^ 2))'],
  ['-1 * 2', '(-1 * 2)'],
  ['-a * b', '((-a) * b)'],
  ['2 ^ -1 * 3', '((2 ^ -1) * 3)'],
  ['- - 1', '1'],
  ['-a offset 5m', '(-a offset 5m)'],
  ['a < b > c', '((a < b) > c)'],
  ['a </ 1 >/ 2', '((a </ 1) >/ 2)'],
];
for (const [text, expected] of SHAPES) {
  test(`${text} is ${expected}`, () => assert.equal(shape(read(text)), expected));
}

const STRINGS: readonly [literal: string, value: string][] = [
  ['"a\\"b\'c"', 'a"b\'c'],
  ["'a\\'b\"c'", 'a\'b"c'],
  ['`a\\n"\'`', 'a\\n"\''],
  ['"\\a\\b\\f\\n\\r\\t\\v\\\\"', '\x07\b\f\n\r\t\v\\'],
  ['"\\101\\x41\\u00e9\\U0001F600"', 'AAé😀'],
  ['"\\xc3\\xa9"', 'é'],
  ['"a\\xc5z"', 'a\udcc5z'],
];
for (const [literal, value] of STRINGS) {
  test(`the string ${literal} is decoded`, () => {
    const expression = read(literal);
    assert.equal(expression.kind === 'string' && expression.value, value);
  });
}

const NUMBERS: readonly [literal: string, value: number][] = [
  ['1_000.5', 1000.5],
  ['0x1F', 31],
  ['0X_1f', 31],
  ['017', 15],
  ['018', 18],
  ['017.5', 17.5],
  ['5.', 5],
  ['.5e-1', 0.05],
  ['+iNf', Number.POSITIVE_INFINITY],
  ['-Inf', Number.NEGATIVE_INFINITY],
  ['nAn', Number.NaN],
  ['1h30m', 5400],
  ['1y2w3d4h5m6s7ms', 31_536_000 + 1_209_600 + 259_200 + 14_400 + 300 + 6.007],
];
for (const [literal, value] of NUMBERS) {
  test(`the number ${literal} is ${value}`, () => {
    const expression = read(literal);
    assert.deepEqual(expression.kind === 'number' && expression.value, value);
  });
}

const TYPES: readonly [text: string, type: ValueType][] = [
  ['1 + 1', 'scalar'],
  ['-time()', 'scalar'],
  ['(1) == bool 1', 'scalar'],
  ['1 + a', 'vector'],
  ['a[5m]', 'matrix'],
  ['a[5m:]', 'matrix'],
  ['("x")', 'string'],
  ['rate(a[5m])', 'vector'],
  ['count(a)', 'vector'],
];
for (const [text, type] of TYPES) test(`${text} is a ${type}`, () => assert.equal(typeOf(read(text)), type));

const MATCHINGS: readonly [text: string, matching: string | undefined][] = [
  ['a + b', 'one-to-one'],
  ['a and on(x) b', 'many-to-many'],
  ['a + on(x) group_left b', 'many-to-one'],
  ['a + ignoring(x) group_right(y) b', 'one-to-many'],
  ['a + 1', undefined],
  ['1 + on() 1', undefined],
];
for (const [text, cardinality] of MATCHINGS) {
  test(`${text} is matched ${cardinality ?? 'not at all'}`, () => {
    const expression = read(text);
    assert.equal(expression.kind === 'binary' && expression.matching?.cardinality, cardinality);
  });
}

test('offset and @ stand in either order, and belong to the selector of a range', () => {
  for (const text of ['a[5m] offset 1m @ 10', 'a[5m] @ 10 offset 1m']) {
    const expression = read(text);
    assert.ok(expression.kind === 'matrixSelector');
    assert.equal(expression.selector.at, 10_000);
    assert.equal(expression.selector.offset?.kind, 'durationLiteral');
    assert.deepEqual(expression.span, { start: 0, end: text.length });
  }
});

test('keywords are names of metrics and labels', () => {
  for (const word of ['offset', 'by', 'sum', 'and', 'start', 'fill', 'anchored', 'step', 'min_of']) {
    const expression = read(`${word}{${word}="x"}`);
    assert.equal(expression.kind === 'vectorSelector' && expression.name, word);
  }
  assert.throws(() => read('bool'), { reason: 'unexpected <bool>' });
});

test('comments and blanks stand anywhere between tokens', () => {
  assert.equal(
    print(
      read(
        'sum # of all\n\t(a{ # labels\r\n x = "y" , } [ 5m : ] @ 1) by ( z , )'.replace(
          '[ 5m : ] @ 1',
          '@ 1',
        ),
      ),
    ),
    'sum by (z) (a{x="y"} @ 1.000)',
  );
});

test('what is experimental is refused unless it is allowed', () => {
  assert.throws(() => read('new(a)'), { reason: 'function "new" is not enabled' });
  assert.equal(
    print(parse('new(limitk(1, a))', { functions, experimentalFunctions: true })),
    'new(limitk(1, a))',
  );
  const without = { functions, fillModifiers: false, extendedRangeSelectors: false };
  assert.throws(() => parse('a + fill(1) b', without), {
    reason: 'binop fill modifiers are experimental and not enabled',
  });
  assert.throws(() => parse('a[5m] anchored', without), {
    reason: 'anchored modifier is experimental and not enabled',
  });
});

const COUNTS: readonly [text: string, reason: string | undefined][] = [
  ['time(1)', 'expected 0 argument(s) in call to "time", got 1'],
  ['round()', 'expected at least 1 argument(s) in call to "round", got 0'],
  ['round(a, 1, 2)', 'expected at most 2 argument(s) in call to "round", got 3'],
  ['join(a)', undefined],
  ['join(a, "x", "y", "z")', undefined],
  ['join(a, "x", 1)', 'expected type string in call to function "join", got scalar'],
  ['some(a)', 'expected at least 2 argument(s) in call to "some", got 1'],
  ['some(a, 1, 2, 3)', undefined],
  ['some(a, 1, 2, 3, 4)', 'expected at most 4 argument(s) in call to "some", got 5'],
];
for (const [text, reason] of COUNTS) {
  test(`${text}: ${reason ?? 'enough arguments'}`, () => {
    if (reason === undefined) assert.equal(print(read(text)), text);
    else assert.throws(() => read(text), { reason });
  });
}

test('columns count bytes, lines count', () => {
  assert.throws(() => read('a +\n"é" ! b'), {
    message: "2:6: parse error: unexpected character after '!': ' '",
  });
});

const DEEP: readonly [what: string, text: string][] = [
  ['parentheses', '('.repeat(100_000)],
  ['calls', 'rate('.repeat(100_000)],
  ['aggregations', 'sum('.repeat(100_000)],
  ['signs', `${'-'.repeat(100_000)}1`],
  ['powers', `1${'^1'.repeat(100_000)}`],
  ['durations', `a[${'('.repeat(100_000)}`],
  ['signs of durations', `a[${'-'.repeat(100_000)}1]`],
];
for (const [what, text] of DEEP) {
  test(`100,000 ${what} are refused and end nothing else`, () => {
    assert.throws(() => read(text), { reason: 'expression is nested more than 500 levels deep' });
  });
}

test('chains of operators and of ranges end at 1000', () => {
  assert.equal(read(`1${'+1'.repeat(999)}`).kind, 'binary');
  const reason = 'expression has more than 1000 levels';
  assert.throws(() => read(`1${'+1'.repeat(400_000)}`), { reason });
  assert.throws(() => read(`a${'[5m:]'.repeat(100_000)}`), { reason });
  assert.throws(() => read(`a[1${'+1'.repeat(400_000)}]`), { reason });
});

test('a text of more than a million characters is not read', () => {
  assert.throws(() => read(' '.repeat(1_000_001)), {
    reason: 'expression is longer than 1000000 characters',
  });
});
