import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testStore } from '../testing/test-store.ts';
import { SHARDS } from './shards.ts';

test('nodes share the shards fairly, and a node that is silent is replaced', async () => {
  await using t = await testStore();
  const hold = (owner: string, nodes: number) => t.writer.run('probes.hold', { owner, nodes });
  assert.equal((await hold('a', 1)).length, SHARDS, 'alone it holds all');
  assert.deepEqual(await hold('b', 2), [], 'nothing is free yet');
  const mine = await hold('a', 2);
  assert.equal(mine.length, SHARDS / 2, 'it gives back what is more than its share');
  const others = await hold('b', 2);
  assert.equal(new Set([...mine, ...others]).size, SHARDS, 'each shard has one node');
  await t.clock.advance(10_000);
  assert.deepEqual(await hold('b', 2), others);
  await t.clock.advance(20_001);
  assert.equal((await hold('b', 1)).length, SHARDS, 'the lease of the silent one ran out');
});

test('a node that stops leaves its shards at once', async () => {
  await using t = await testStore();
  await t.writer.run('probes.hold', { owner: 'a', nodes: 1 });
  await t.writer.run('probes.release', 'a');
  assert.equal((await t.writer.run('probes.hold', { owner: 'b', nodes: 1 })).length, SHARDS);
});
