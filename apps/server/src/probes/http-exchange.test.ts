import assert from 'node:assert/strict';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { z } from 'zod';
import { fetchJson, statusFailure } from './http-answer.ts';
import { type HttpAnswer, type HttpRequest, httpExchange } from './http-exchange.ts';
import { defineProbe } from './kind.ts';
import { listening, type Peer, tcpPeer } from './testing/peers.ts';
import { assertFailed, assertWell, probing } from './testing/probing.ts';

function httpPeer(listener: RequestListener): Promise<Peer> {
  return listening(createHttpServer(listener));
}

/** One exchange as a run of its own. */
async function exchange(port: number, given: Partial<HttpRequest> = {}, timeout = 5_000) {
  let answer: HttpAnswer | null = null;
  const kind = defineProbe({
    kind: 'exchange',
    title: 'Exchange',
    interval: 60,
    timeout: 5,
    settings: z.strictObject({}),
    instance: () => '',
    async probe(_, run) {
      answer = await httpExchange({ url: new URL(`http://127.0.0.1:${port}/a?b=c`), ...given }, run);
    },
  });
  const result = await probing(kind, {}, { timeout });
  return { result, answer: answer as HttpAnswer | null };
}

test('an answer comes back with its phases, and the connection ends', async () => {
  await using peer = await httpPeer((request, response) => {
    response.setHeader('x-seen', `${request.method} ${request.url} ${request.headers.authorization ?? ''}`);
    response.end('hello');
  });
  const url = new URL(`http://joe:p%40ss@localhost:${peer.port}/a?b=c`);
  const { result, answer } = await exchange(peer.port, { url });
  assertWell(result);
  assert.equal(answer?.status, 200);
  assert.equal(answer?.body.toString(), 'hello');
  assert.equal(answer?.headers['x-seen'], `GET /a?b=c Basic ${Buffer.from('joe:p@ss').toString('base64')}`);
  assert.deepEqual(
    result.phases.map(([name]) => name),
    ['resolve', 'connect', 'processing', 'transfer'],
  );
  await peer.allClosed();
  assert.equal(peer.made(), 1);
});

test('what a peer does wrong is a failure with its reason', async () => {
  const cases: [string, (socket: Socket) => void, string, RegExp][] = [
    ['hangs up', (socket) => socket.end(), 'protocol', /without an answer/],
    ['resets', (socket) => socket.resetAndDestroy(), 'protocol', /without an answer/],
    ['speaks otherwise', (socket) => socket.write('-ERR hello\r\n'), 'protocol', /not answer in HTTP/],
    [
      'changes the protocol',
      (socket) =>
        socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
      'protocol',
      /changed the protocol/,
    ],
    [
      'sends endless headers',
      (socket) => socket.write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}`),
      'protocol',
      /beyond 16 KiB/,
    ],
    [
      'goes away in the middle',
      (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nbegun'),
      'reset',
      /in the middle/,
    ],
    [
      'breaks its chunks',
      (socket) => socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'),
      'protocol',
      /not HTTP to its end/,
    ],
  ];
  for (const [name, behave, reason, message] of cases) {
    await using peer = await tcpPeer((socket) => socket.once('data', () => behave(socket)));
    const { result } = await exchange(peer.port);
    assert.equal(result.failure?.reason, reason, name);
    assert.match(result.failure?.message ?? '', message);
    await peer.allClosed();
  }
});

test('a silent peer ends at the deadline, and its connection with it', async () => {
  await using peer = await tcpPeer(() => undefined);
  const { result } = await exchange(peer.port, {}, 200);
  assertFailed(result, 'timeout', /processing/);
  await peer.allClosed();
});

test('an endless answer is read to the limit only', async () => {
  let written = 0;
  await using peer = await httpPeer((_, response) => {
    const { socket } = response;
    socket?.on('close', () => {
      written = socket.bytesWritten;
    });
    const write = (): void => {
      while (response.write('x'.repeat(65_536)));
      response.once('drain', write);
    };
    write();
  });
  const { result, answer } = await exchange(peer.port, { limit: 10_000 });
  assertWell(result);
  assert.deepEqual([answer?.body.length, answer?.isWhole], [10_000, false]);
  await peer.allClosed();
  assert.ok(written < 8_000_000, `${written} bytes written`);
});

test('TLS to a server without it is a matter of protocols', async () => {
  await using peer = await httpPeer((_, response) => response.end());
  const { result } = await exchange(peer.port, { url: new URL(`https://127.0.0.1:${peer.port}/`) });
  assertFailed(result, 'protocol', /does not speak TLS/);
});

test('statuses have their reasons', async () => {
  const cases: [number, string][] = [
    [401, 'auth'],
    [403, 'forbidden'],
    [404, 'not_found'],
    [429, 'limit'],
    [500, 'unhealthy'],
    [302, 'protocol'],
  ];
  const answer = {
    url: new URL('http://x/y'),
    headers: {},
    body: Buffer.from(''),
    isWhole: true,
    seconds: {},
  };
  for (const [status, reason] of cases) {
    assert.equal(statusFailure({ ...answer, status }).reason, reason, String(status));
  }
});

test('what is no JSON is told with its beginning', async () => {
  await using peer = await httpPeer((_, response) => response.end('<html>\n no'));
  const kind = defineProbe({
    kind: 'json',
    title: 'JSON',
    interval: 60,
    timeout: 5,
    settings: z.strictObject({}),
    instance: () => '',
    probe: async (_, run) => {
      await fetchJson({ url: new URL(`http://127.0.0.1:${peer.port}/z`) }, run);
    },
  });
  assertFailed(await probing(kind, {}), 'protocol', /\/z did not answer JSON but: <html> no/);
});

test('a header that cannot be sent is a matter of settings', async () => {
  await using peer = await httpPeer((_, response) => response.end());
  const { result } = await exchange(peer.port, { headers: { x: 'a\nb' } });
  assertFailed(result, 'config', /header/);
});
