import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertWrongPeers } from '../../testing/wrong-peers.ts';
import { bullmq } from './probe.ts';
import { workersOf } from './workers.ts';

test('peers that are no Redis, and none at all', async () => {
  await assertWrongPeers({
    kind: bullmq,
    settings: (port) => ({ url: `redis://:p@127.0.0.1:${port}`, queues: ['mail'] }),
    waitsIn: 'auth',
  });
});

test('workers are clients named for their queue and prefix', () => {
  const mail = Buffer.from('mail').toString('base64');
  const names = [
    `bull:${mail}`,
    `bull:${mail}:w:one`,
    `bull:${mail}:qe`,
    `bull:${mail}x`,
    `other:${mail}`,
    '',
  ];
  assert.equal(workersOf(names, 'bull', 'mail'), 2);
  assert.equal(workersOf(names, 'other', 'mail'), 1);
  assert.equal(workersOf(names, 'bull', 'mai'), 0);
});

test('settings: at least one queue', () => {
  assert.throws(() => bullmq.open({ url: 'redis://h', queues: [] }));
  assert.throws(() => bullmq.open({ url: 'redis://h' }));
  assert.equal(bullmq.open({ url: 'redis://h:1', queues: ['a'] }).instance, 'h:1');
});
