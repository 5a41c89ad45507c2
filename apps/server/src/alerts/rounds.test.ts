import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MOST_IN_ROUND, roundsOf } from './rounds.ts';
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

test('more than a round takes are several rounds, in order', () => {
  const posts = Array.from({ length: MOST_IN_ROUND + 1 }, (_, i) => testPost({ identity: String(i) }));
  const rounds = roundsOf(posts, 5);
  assert.deepEqual(
    rounds.map((round) => [round[0], round.length]),
    [
      [0, MOST_IN_ROUND],
      [MOST_IN_ROUND, 1],
    ],
  );
});
