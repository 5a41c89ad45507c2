/** A server whose store writer died can keep no promise: it ends, so that its supervisor starts it again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spawnServer } from '../support/server-process.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

/** Loaded into each thread of the server: the writer's throws when its process gets SIGUSR2. */
const DIE_ON_SIGNAL = `data:text/javascript,${encodeURIComponent(`
import { BroadcastChannel, isMainThread, threadId } from 'node:worker_threads';
const orders = new BroadcastChannel('orders');
orders.unref();
if (isMainThread) process.on('SIGUSR2', () => orders.postMessage('die'));
else if (threadId === 1) orders.onmessage = () => { throw new Error('a defect'); };
`)}`;

test('the process ends when its store writer dies', async () => {
  using folder = tempFolder('writer-death');
  await using server = await spawnServer({
    dataDir: folder.path,
    env: { NODE_OPTIONS: `--import=${DIE_ON_SIGNAL}` },
  });
  assert.equal((await fetch(`${server.url}/readyz`)).status, 200);
  process.kill(server.pid, 'SIGUSR2');
  await until('the process ends', 10_000, () => !isAlive(server.pid));
  assert.match(server.output(), /the store writer stopped/);
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
