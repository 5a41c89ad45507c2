import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Labels, MATCH_OPERATORS, matcher, matchesAll } from '@vigie/series';
import fc from 'fast-check';
import { LabelIndex } from './label-index.ts';

const value = fc.constantFrom('', 'a', 'b', 'ab', 'é');
const sets = fc.array(fc.record({ __name__: value, job: value, zone: value }, { noNullPrototype: true }), {
  maxLength: 200,
});
const expression = fc.constantFrom('a', 'a|b', 'a.*', '.+b?', '.*', '', 'é|', '[^a]');
const matchers = fc.array(
  fc
    .tuple(
      fc.constantFrom('__name__', 'job', 'zone', 'none'),
      fc.constantFrom(...MATCH_OPERATORS),
      value,
      expression,
    )
    .map(([name, operator, text, regex]) => matcher(name, operator, operator.endsWith('~') ? regex : text)),
  { maxLength: 4 },
);

function indexed(all: readonly Labels[]): LabelIndex {
  const index = new LabelIndex((ref) => all[ref - 1] ?? Labels.EMPTY);
  for (const [at, labels] of all.entries()) index.add(at + 1, labels);
  return index;
}

test('finds what looking at every series finds, before and after some are forgotten', () => {
  fc.assert(
    fc.property(sets, matchers, fc.nat(3), (list, wanted, forgotten) => {
      const all = list.map((each) => Labels.of(each));
      const index = indexed(all);
      const naive = (keeps: (ref: number) => boolean): number[] =>
        all.flatMap((labels, at) => (keeps(at + 1) && matchesAll(wanted, labels) ? [at + 1] : []));
      assert.deepEqual(
        [...index.select(wanted)],
        naive(() => true),
      );
      const keeps = (ref: number): boolean => ref % 4 !== forgotten;
      index.retain(keeps);
      assert.deepEqual([...index.select(wanted)], naive(keeps));
    }),
    { numRuns: 2_000 },
  );
});

test('names, values and counts are those in use', () => {
  const index = indexed([Labels.of({ a: 'x', b: 'y' }), Labels.of({ a: 'x' }), Labels.of({ a: 'z' })]);
  assert.deepEqual(index.names(), ['a', 'b']);
  assert.deepEqual(index.values('a'), ['x', 'z']);
  assert.deepEqual(
    [...index.counts('a')],
    [
      ['x', 2],
      ['z', 1],
    ],
  );
  index.retain((ref) => ref === 2);
  assert.deepEqual(index.names(), ['a']);
  assert.deepEqual(index.values('a'), ['x']);
  assert.equal(index.size, 1);
});
