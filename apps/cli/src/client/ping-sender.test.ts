import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { test } from 'node:test';
import { PingError, type Report, sendPing } from './ping-sender.ts';

/** Milliseconds that are enough for some tries. */
const WITHIN = 10_000;

interface Seen {
  url: string | undefined;
  headers: IncomingHttpHeaders;
}

/** A server that gives these answers in turn, the last one for good. */
async function answering(answers: readonly [number, string][]) {
  const seen: Seen[] = [];
  const http = createServer((request, response) => {
    const [status, text] = answers[Math.min(seen.length, answers.length - 1)] ?? [200, 'OK'];
    seen.push({ url: request.url, headers: request.headers });
    request.resume();
    response.writeHead(status, { 'Ping-Body-Limit': '10000' }).end(text);
  }).listen(0, '127.0.0.1');
  await once(http, 'listening');
  const at = http.address();
  assert.ok(at !== null && typeof at === 'object');
  return {
    seen,
    address: `http://127.0.0.1:${at.port}/ping/x`,
    async [Symbol.asyncDispose]() {
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
    },
  };
}

const PATHS: [Report, string][] = [
  ['success', '/ping/x?create=1&rid=r'],
  ['start', '/ping/x/start?create=1&rid=r'],
  [3, '/ping/x/3?create=1&rid=r'],
];

for (const [report, path] of PATHS) {
  test(`the report ${report} goes to ${path}`, async () => {
    await using server = await answering([[200, 'OK']]);
    const address = `${server.address}?create=1`;
    const taken = await sendPing({ address, report, rid: 'r', at: Date.now() }, WITHIN);
    assert.deepEqual(taken, { text: 'OK', bodyLimit: 10_000 });
    assert.deepEqual(
      server.seen.map(({ url }) => url),
      [path],
    );
    assert.equal(server.seen[0]?.headers['x-ping-time'], undefined);
  });
}

test('what fails for now is tried again, and says when it happened once it is late', async () => {
  await using server = await answering([
    [503, 'busy'],
    [429, 'slow down'],
    [200, 'OK'],
  ]);
  const at = Date.now() - 60_000;
  await sendPing({ address: server.address, report: 'fail', at }, WITHIN);
  assert.deepEqual(
    server.seen.map(({ headers }) => headers['x-ping-time']),
    Array(3).fill(new Date(at).toISOString()),
  );
});

test('a late ping whose time the server does not believe counts from its arrival', async () => {
  await using server = await answering([
    [400, 'invalid ping time'],
    [200, 'OK'],
  ]);
  await sendPing({ address: server.address, report: 'fail', at: Date.now() - 60_000 }, WITHIN);
  assert.deepEqual(
    server.seen.map(({ headers }) => headers['x-ping-time'] !== undefined),
    [true, false],
  );
});

const REFUSALS: [number, string, string][] = [
  [404, 'not found', 'the ping was refused: not found'],
  [400, 'invalid url format', 'the ping was refused: invalid url format'],
  [403, '<h1>no</h1>', 'the ping was refused: answered 403'],
];

for (const [status, text, message] of REFUSALS) {
  test(`an answer ${status} is no matter of trying again`, async () => {
    await using server = await answering([[status, text]]);
    const sent = sendPing({ address: server.address, report: 'fail', at: Date.now() }, WITHIN);
    await assert.rejects(sent, { message });
    assert.equal(server.seen.length, 1);
  });
}

test('the tries end with their time, or when it is enough', async () => {
  await using server = await answering([[500, 'broken']]);
  const ping = { address: server.address, report: 'start', at: Date.now() } as const;
  await assert.rejects(sendPing(ping, 200), PingError);
  assert.equal(server.seen.length, 1);
  await assert.rejects(sendPing(ping, WITHIN, AbortSignal.abort()), /refused: broken/);
  assert.equal(server.seen.length, 2);
});
