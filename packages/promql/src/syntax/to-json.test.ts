import assert from 'node:assert/strict';
import test from 'node:test';
import { parse } from './parse.ts';
import type { FunctionSignature } from './signature.ts';
import { toJson } from './to-json.ts';

const signatures: readonly FunctionSignature[] = [
  { name: 'rate', args: ['matrix'], returns: 'vector' },
  { name: 'round', args: ['vector', 'scalar'], optional: 1, returns: 'vector' },
  {
    name: 'join',
    args: ['vector', 'string'],
    optional: 1,
    more: Number.POSITIVE_INFINITY,
    returns: 'vector',
  },
];
const functions = new Map(signatures.map((signature) => [signature.name, signature]));

const plain = { anchored: false, smoothed: false, offset: 0, timestamp: null, startOrEnd: null };
const a = {
  type: 'vectorSelector',
  name: 'a',
  matchers: [{ name: '__name__', type: '=', value: 'a' }],
  ...plain,
};
const one = { type: 'numberLiteral', val: '1' };

const CASES: readonly [text: string, tree: unknown][] = [
  ['1e-9', { type: 'numberLiteral', val: '0.000000001' }],
  ['"x"', { type: 'stringLiteral', val: 'x' }],
  ['a', a],
  ['a offset 1m @ start()', { ...a, offset: 60_000, startOrEnd: 'start' }],
  ['a[5m] anchored @ 1.5', { ...a, type: 'matrixSelector', range: 300_000, timestamp: 1500, anchored: true }],
  ['a[step()] offset (1m * 2)', { ...a, type: 'matrixSelector', range: 0 }],
  [
    'a[1h:5m] offset -1s @ end()',
    {
      type: 'subquery',
      expr: a,
      range: 3_600_000,
      step: 300_000,
      offset: -1000,
      timestamp: null,
      startOrEnd: 'end',
    },
  ],
  [
    'a[1h:]',
    { type: 'subquery', expr: a, range: 3_600_000, step: 0, offset: 0, timestamp: null, startOrEnd: null },
  ],
  ['-(a)', { type: 'unaryExpr', op: '-', expr: { type: 'parenExpr', expr: a } }],
  ['sum(a)', { type: 'aggregation', op: 'sum', expr: a, param: null, grouping: [], without: false }],
  [
    'topk without (x) (1, a)',
    { type: 'aggregation', op: 'topk', expr: a, param: one, grouping: ['x'], without: true },
  ],
  ['1 < bool 1', { type: 'binaryExpr', op: '<', lhs: one, rhs: one, matching: null, bool: true }],
  [
    'a + on(x) group_left(y) fill_right(2) a',
    {
      type: 'binaryExpr',
      op: '+',
      lhs: a,
      rhs: a,
      matching: {
        card: 'many-to-one',
        labels: ['x'],
        on: true,
        include: ['y'],
        fillValues: { lhs: null, rhs: 2 },
      },
      bool: false,
    },
  ],
  [
    'round(a)',
    {
      type: 'call',
      func: { name: 'round', argTypes: ['vector', 'scalar'], variadic: 1, returnType: 'vector' },
      args: [a],
    },
  ],
  [
    'join(a)',
    {
      type: 'call',
      func: { name: 'join', argTypes: ['vector', 'string'], variadic: -1, returnType: 'vector' },
      args: [a],
    },
  ],
];
for (const [text, tree] of CASES) {
  test(`${text} for the UI`, () => assert.deepEqual(toJson(parse(text, { functions }), functions), tree));
}
