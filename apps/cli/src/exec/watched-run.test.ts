import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { watchedRun } from './watched-run.ts';

test('a duration that the server cannot know stands at the end of what it is told', async () => {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const start = request.url?.includes('/start') === true;
    if (!start) bodies.push(body);
    response.writeHead(start ? 404 : 200).end('OK');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const at = server.address();
  assert.ok(at !== null && typeof at === 'object');
  const lost: string[] = [];
  const status = await watchedRun({
    command: process.execPath,
    args: ['--eval', 'process.exitCode = 4'],
    timeout: null,
    withOutput: true,
    address: async () => `http://127.0.0.1:${at.port}/ping/x`,
    onLost: (reason) => lost.push(reason),
  });
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
  assert.deepEqual([status, lost], [4, []]);
  assert.match(bodies.join('|'), /^vigie exec: exit status 4 after \d+\.\d s\n$/);
});
