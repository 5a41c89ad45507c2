import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Asked } from '../testing/ask.ts';

const ASKED = new Asked(`
a{x="10", y="1"} 3
a{x="9", y="2"} NaN
a{x="b2", y="3"} 1
a{x="b10", y="4"} Inf
a{x="b10", y="5"} {{sum:1 count:1}}
`);

const ORDERS: readonly [expression: string, order: string][] = [
  ['sort(a)', '3 1 4 2'],
  ['sort_desc(a)', '4 1 3 2'],
  ['sort_by_label(a, "x")', '2 1 3 4 5'],
  ['sort_by_label_desc(a, "x")', '5 4 3 1 2'],
  ['sort_by_label(a, "none", "y")', '1 2 3 4 5'],
  ['sort_by_label(a)', '1 2 4 5 3'],
];

for (const [expression, order] of ORDERS)
  test(`${expression} gives ${order}`, async () => {
    const { outcome } = await ASKED.at(0, expression);
    assert.ok(outcome.type === 'vector');
    assert.equal(outcome.series.map(({ labels }) => labels.get('y')).join(' '), order);
  });

test('over a range, sorting only says that it does nothing', async () => {
  const { annotations } = await ASKED.until(2, '0 < sort(a)');
  assert.deepEqual(annotations, [
    'sort is ineffective for range queries since results are always ordered by labels (1:5)',
  ]);
});
