import assert from 'node:assert/strict';
import test from 'node:test';
import { BoundedCache } from './bounded-cache.ts';

function countingCache(limit: number) {
  const created: string[] = [];
  const cache = new BoundedCache<string>(limit);
  const get = (key: string) =>
    cache.get(key, () => {
      created.push(key);
      return key.toUpperCase();
    });
  return { created, get };
}

test('a value is made once while it is in use', () => {
  const { created, get } = countingCache(2);
  for (const key of ['a', 'b', 'a', 'c', 'a', 'd', 'a', 'e', 'a']) assert.equal(get(key), key.toUpperCase());
  assert.equal(created.filter((key) => key === 'a').length, 1);
});

test('a value that was not used for two generations is made again', () => {
  const { created, get } = countingCache(2);
  for (const key of ['a', 'b', 'c', 'd', 'e', 'a']) get(key);
  assert.equal(created.filter((key) => key === 'a').length, 2);
});

test('a value that could not be made is not kept', () => {
  const cache = new BoundedCache<string>(2);
  const fail = () => {
    throw new Error('no');
  };
  assert.throws(() => cache.get('a', fail), /no/);
  assert.equal(
    cache.get('a', () => 'A'),
    'A',
  );
});
