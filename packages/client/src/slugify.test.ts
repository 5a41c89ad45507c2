import assert from 'node:assert/strict';
import { test } from 'node:test';
import { slugify } from './slugify.ts';

const CASES: [string, string][] = [
  ['Redis Cache/Broker', 'redis-cachebroker'],
  ['X / Y_1.', 'x-y_1'],
  ['  Été -- à_la plage_', 'ete-a_la-plage'],
  ['日本', ''],
];
for (const [name, slug] of CASES) {
  test(`${name} becomes ${slug}`, () => assert.equal(slugify(name), slug));
}
