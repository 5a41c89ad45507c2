import assert from 'node:assert/strict';
import { test } from 'node:test';
import { roundsOf } from './rounds.ts';
import { testPost } from './testing/alerts.ts';

/** `a` fires, `A` is over; letters are identities. */
const CASES: [string, number[][]][] = [
  ['', []],
  ['abc', [[0, 1, 2]]],
  ['aaa', [[0, 1, 2]]],
  ['AAb', [[0, 1, 2]]],
  ['aA', [[0], [1]]],
  ['Aa', [[0], [1]]],
  ['aAa', [[0], [1], [2]]],
  [
    'aAbB',
    [
      [0, 2],
      [1, 3],
    ],
  ],
  [
    'abBA',
    [
      [0, 1],
      [2, 3],
    ],
  ],
  ['aaAAbaB', [[0, 1, 4], [2, 3, 6], [5]]],
];

for (const [text, expected] of CASES) {
  test(`${text || 'nothing'} is taken in ${expected.length} rounds`, () => {
    const posts = [...text].map((letter) =>
      testPost({ identity: letter.toLowerCase(), endsAt: letter === letter.toLowerCase() ? null : 5 }),
    );
    assert.deepEqual(roundsOf(posts, 5), expected);
  });
}

test('the same identity in two projects is two alerts', () => {
  const posts = [testPost(), testPost({ projectId: 2, endsAt: 5 })];
  assert.deepEqual(roundsOf(posts, 5), [[0, 1]]);
});
