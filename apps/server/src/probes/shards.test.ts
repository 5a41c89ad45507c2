import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testStore } from '../testing/test-store.ts';
import { SHARDS } from './shards.ts';

test('nodes share the shards fairly, and a node that is silent is replaced', async () => {
  await using t = await testStore();
  const hold = (owner: string, ...others: string[]) =>
    t.writer.run('probes.hold', { owner, alive: [owner, ...others] });
  assert.equal((await hold('a')).length, SHARDS, 'alone it holds all');
  assert.deepEqual(await hold('b', 'a'), [], 'nothing is free yet');
  const mine = await hold('a', 'b');
  assert.equal(mine.length, SHARDS / 2, 'it gives back what is more than its share');
  const others = await hold('b', 'a');
  assert.equal(new Set([...mine, ...others]).size, SHARDS, 'each shard has one node');
  await t.clock.advance(10_000);
  assert.deepEqual(await hold('b', 'a'), others);
  await t.clock.advance(20_001);
  assert.deepEqual(await hold('b', 'a'), others, 'a lease that ran out is no more than its share');
  assert.equal((await hold('b')).length, SHARDS, 'the silent one counts no more');
});

test('who is dead holds nothing: a server that was killed and starts anew does not wait for its own lease', async () => {
  await using t = await testStore();
  await t.writer.run('probes.hold', { owner: 'a', alive: ['a'] });
  assert.equal((await t.writer.run('probes.hold', { owner: 'b', alive: ['b'] })).length, SHARDS);
});

test('a node that stops leaves its shards at once', async () => {
  await using t = await testStore();
  await t.writer.run('probes.hold', { owner: 'a', alive: ['a'] });
  await t.writer.run('probes.release', 'a');
  assert.equal((await t.writer.run('probes.hold', { owner: 'b', alive: ['b', 'a'] })).length, SHARDS / 2);
  assert.deepEqual(
    t.effects.filter(({ type }) => type === 'probe'),
    [{ type: 'probe', ids: [] }],
    'told to all',
  );
});
