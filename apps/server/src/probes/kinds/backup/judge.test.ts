import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultOf, isGrowing } from './judge.ts';

const HOUR = 3_600_000;
const demands = { max_age_hours: 26, min_bytes: 100, min_percent_of_previous: 50 };

test('age first, then size, by itself and beside the one before', () => {
  const file = (size: number, age = 1, name = 'b') => ({ name, size, changed: -age * HOUR });
  const cases: [ReturnType<typeof file>, ReturnType<typeof file> | undefined, RegExp | null][] = [
    [file(1_000), undefined, null],
    [file(1_000), file(1_500, 25, 'a'), null],
    [file(1_000, 27), undefined, /27\.0 h old, more than 26 h/],
    [file(99), undefined, /99 bytes, less than 100/],
    [file(1_000), file(2_001, 25, 'a'), /49 % of the size/],
    [file(1_000), file(2_000, 25, 'a'), null],
    [file(1, 27), undefined, /old/],
  ];
  for (const [newest, previous, fault] of cases) {
    const said = faultOf(newest, previous, 0, demands);
    if (fault === null) assert.equal(said, null);
    else assert.match(said ?? '', fault);
  }
});

test('a file grows when the last run saw less of it', () => {
  const file = (name: string, size: number) => ({ name, size, changed: 0 });
  assert.equal(isGrowing(file('a', 2), file('a', 1)), true);
  assert.equal(isGrowing(file('a', 2), file('a', 2)), false);
  assert.equal(isGrowing(file('a', 2), file('b', 1)), false);
  assert.equal(isGrowing(file('a', 2), null), false);
});
