import { type Matcher, matcher } from '@vigie/series';
import fc from 'fast-check';
import type { Duration, Span, TimeShift, VectorSelector } from './ast.ts';

/** Parts of random expressions, for tests. Their places are all the same. */
export const span: Span = { start: 0, end: 0 };

export const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('a\udcc5z', '\u00a0', '"\\\n`'),
);
const word = fc.stringMatching(/^[a-z_][a-zA-Z0-9_]{0,6}$/u).filter((each) => !/^(?:inf|nan)$/iu.test(each));
export const labelName = fc.oneof(
  word.filter((each) => each !== 'without'),
  fc.constantFrom('a b', 'é', '1', 'a:b', 'by'),
);
const RESERVED = /^(?:on|bool|ignoring|group_left|group_right|atan2|offset|sum|by|min|max)$/u;
const metric = word.filter((each) => !RESERVED.test(each) && each !== '__name__');
export const float = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(0, -0, Infinity, -Infinity, NaN));

const matchers = fc.array(
  fc.oneof(
    fc
      .tuple(
        labelName.filter((name) => name !== '__name__'),
        fc.constantFrom('=' as const, '!=' as const),
        text,
      )
      .map(([name, operator, value]) => matcher(name, operator, value)),
    fc.constantFrom(matcher('x', '=~', 'a.+|b'), matcher('x', '!~', '[0-9]*')),
  ),
  { maxLength: 3 },
);

export const milliseconds = fc.oneof(
  fc.integer({ min: 1, max: 10_000_000 }),
  fc.constantFrom(604_800_000, 31_536_000_000),
);
const literal: fc.Arbitrary<Duration> = milliseconds.map((value) => ({
  kind: 'durationLiteral',
  milliseconds: value,
  duration: true,
  span,
}));
const call = fc.constantFrom<Duration>(
  { kind: 'durationCall', name: 'step', args: [], span },
  { kind: 'durationCall', name: 'range', args: [], span },
);
const arithmetic: fc.Arbitrary<Duration> = fc
  .tuple(literal, fc.constantFrom('+' as const, '-' as const, '*' as const, '^' as const), call)
  .map(([left, operator, right]) => ({ kind: 'durationBinary', operator, left, right, span }));
export const range: fc.Arbitrary<Duration> = fc.oneof(
  literal,
  call,
  arithmetic,
  fc.tuple(literal, call).map((args): Duration => ({ kind: 'durationCall', name: 'max_of', args, span })),
);
const offset: fc.Arbitrary<Duration> = fc.oneof(
  literal,
  call,
  literal.map((each) =>
    each.kind === 'durationLiteral' ? { ...each, milliseconds: -each.milliseconds } : each,
  ),
  arithmetic.map((inner): Duration => ({ kind: 'durationParentheses', inner, span })),
  call.map((operand): Duration => ({ kind: 'durationUnary', operator: '-', operand, span })),
);
export const shift: fc.Arbitrary<TimeShift> = fc.record({
  offset: fc.option(offset),
  at: fc.option(fc.oneof(fc.constantFrom('start' as const, 'end' as const), fc.integer())),
});

const named = fc
  .tuple(metric, matchers)
  .map(([name, others]): [string, readonly Matcher[]] => [name, [...others, matcher('__name__', '=', name)]]);
const nameless = matchers.map((others): [string, readonly Matcher[]] => [
  '',
  [...others, matcher('z', '!=', '')],
]);
export const selector: fc.Arbitrary<VectorSelector> = fc
  .tuple(fc.oneof(named, nameless), shift, fc.constantFrom(null, 'anchored' as const, 'smoothed' as const))
  .map(([[name, all], times, edges]) => ({
    kind: 'vectorSelector',
    name,
    matchers: all.toSorted((a, b) => order(a, b)),
    edges,
    ...times,
    span,
  }));

/** The order that matchers are printed in says nothing, so trees are compared without it. */
export function order(a: Matcher, b: Matcher): number {
  const key = ({ name, operator, value }: Matcher): string => JSON.stringify([name, operator, value]);
  return key(a) < key(b) ? -1 : 1;
}
