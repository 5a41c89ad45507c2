import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { DeliveryError } from '../notify/failure.ts';
import { localServer, until } from '../notify/testing/local-server.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { excerptOf, failureOf, isSuccess } from './exchange.ts';
import { CALL_TIMEOUT, createOutbound, type OutboundOptions } from './outbound.ts';
import type { Resolve } from './pinned-lookup.ts';

const START = Date.UTC(2026, 6, 15, 12, 0, 0);

function outbound(options: Partial<OutboundOptions> = {}) {
  const clock = new FakeClock(START);
  const out = createOutbound({
    clock,
    userAgent: 'Vigie/1.2.3',
    rules: () => ({ allowPrivate: true, allow: [] }),
    ...options,
  });
  return { clock, ...out, [Symbol.asyncDispose]: () => out.close() };
}

/** The failure of a call that must fail. */
async function failure(call: Promise<unknown>): Promise<DeliveryError> {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof DeliveryError, String(error));
  return error;
}

test('a call carries method, headers, body and our name', async () => {
  await using server = await localServer();
  await using out = outbound();
  const answer = await out.request({
    method: 'PUT',
    url: `${server.url}/a/b?c=d`,
    headers: { 'x-one': '1' },
    body: 'hello é',
  });
  assert.equal(answer.status, 200);
  assert.equal(answer.text, 'ok');
  const [call] = server.received;
  assert.equal(call?.method, 'PUT');
  assert.equal(call?.path, '/a/b?c=d');
  assert.equal(call?.body, 'hello é');
  assert.equal(call?.headers['x-one'], '1');
  assert.equal(call?.headers['user-agent'], 'Vigie/1.2.3');
  assert.equal(call?.headers['content-type'], undefined);
});

test('a name of the caller’s own replaces ours, and a login in the URL becomes Basic', async () => {
  await using server = await localServer();
  await using out = outbound();
  const url = server.url.replace('http://', 'http://joe:p%40ss@');
  await out.request({ method: 'GET', url, headers: { 'User-Agent': 'mine' } });
  assert.equal(server.received[0]?.headers['user-agent'], 'mine');
  const login = Buffer.from('joe:p@ss').toString('base64');
  assert.equal(server.received[0]?.headers.authorization, `Basic ${login}`);
});

test('connections are kept for the next call', async () => {
  const ports = new Set<number>();
  await using server = await localServer((response) => {
    ports.add(response.socket?.remotePort ?? 0);
    response.end();
  });
  await using out = outbound();
  for (let i = 0; i < 5; i++) await out.request({ method: 'GET', url: server.url });
  // The second call may begin before the first connection is free again.
  assert.ok(ports.size <= 2, `${ports.size} connections`);
});

test('a refused connection is worth another try, and names the host alone', async () => {
  const gone = await localServer();
  await gone[Symbol.asyncDispose]();
  await using out = outbound();
  const error = await failure(out.request({ method: 'POST', url: `${gone.url}/secret-token` }));
  assert.equal(error.message, `127.0.0.1:${gone.port}: the connection was refused`);
  assert.equal(error.retryable, true);
});

test('a server that hangs is left after 30 s', async () => {
  await using server = await localServer(() => undefined);
  await using out = outbound();
  const call = failure(out.request({ method: 'POST', url: server.url, body: '{}' }));
  await until(() => server.received.length === 1);
  await out.clock.advance(CALL_TIMEOUT);
  const error = await call;
  assert.equal(error.message, 'no answer within 30 s');
  assert.equal(error.retryable, true);
});

test('a server that accepts and closes is worth another try', async () => {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  await using out = outbound();
  const error = await failure(out.request({ method: 'POST', url: `http://127.0.0.1:${port}/`, body: 'x' }));
  server.close();
  assert.equal(error.retryable, true);
  assert.match(error.message, /^127\.0\.0\.1:\d+: the connection was (closed|reset)/);
});

test('a caller may end the call', async () => {
  await using server = await localServer(() => undefined);
  await using out = outbound();
  const stop = new AbortController();
  const call = failure(out.request({ method: 'GET', url: server.url, signal: stop.signal }));
  await until(() => server.received.length === 1);
  stop.abort();
  assert.equal((await call).message, 'the call was ended before an answer came');
});

test('statuses say whether to come back, and when', async () => {
  // status, Retry-After, retryable, retryAfter
  const cases: [number, string | null, boolean, number | null][] = [
    [500, null, true, null],
    [503, '7', true, 7_000],
    [429, 'Wed, 15 Jul 2026 12:00:30 GMT', true, 30_000],
    [408, null, true, null],
    [425, null, true, null],
    [400, null, false, null],
    [404, null, false, null],
    [410, null, false, null],
    [304, null, false, null],
  ];
  await using out = outbound();
  for (const [status, header, retryable, retryAfter] of cases) {
    await using server = await localServer((response) => {
      response.writeHead(status, header === null ? {} : { 'Retry-After': header });
      response.end();
    });
    const answer = await out.request({ method: 'POST', url: server.url, body: '' });
    assert.equal(isSuccess(answer), false);
    const error = failureOf(answer);
    assert.deepEqual(
      [error.message, error.retryable, error.retryAfter],
      [`HTTP ${status}`, retryable, retryAfter],
    );
  }
});

test('redirects are followed on the same host, with method and body', async () => {
  await using server = await localServer((response, { path }) => {
    if (path === '/end') response.end('there');
    else response.writeHead(path === '/see' ? 303 : 307, { Location: '/end' }).end();
  });
  await using out = outbound();
  assert.equal((await out.request({ method: 'POST', url: `${server.url}/a`, body: 'b' })).text, 'there');
  await out.request({ method: 'POST', url: `${server.url}/see`, body: 'b' });
  const calls = server.received.map(({ method, path, body }) => `${method} ${path} ${body}`);
  assert.deepEqual(calls, ['POST /a b', 'POST /end b', 'POST /see b', 'GET /end ']);
});

test('a redirect to another host, port or for ever is final and calls nobody', async () => {
  await using other = await localServer();
  const targets: ((own: number) => string)[] = [
    (own) => `http://localhost:${own}/x`,
    () => other.url,
    () => 'file:///etc/passwd',
    () => 'http://[',
  ];
  for (const target of targets) {
    await using server = await localServer((response) => {
      response.writeHead(302, { Location: target(server.port) }).end();
    });
    await using out = outbound();
    const error = await failure(out.request({ method: 'POST', url: server.url, body: 'b' }));
    assert.match(error.message, /redirected to another host/);
    assert.equal(error.retryable, false);
  }
  assert.equal(other.received.length, 0);
  await using loop = await localServer((response) => response.writeHead(302, { Location: '/again' }).end());
  await using out = outbound();
  const error = await failure(out.request({ method: 'GET', url: loop.url }));
  assert.equal(error.message, 'more than 3 redirects');
  assert.equal(loop.received.length, 4);
});

test('of a huge answer only the beginning is read', async () => {
  let written = 0;
  await using server = await localServer((response) => {
    const { socket } = response;
    socket?.on('close', () => {
      written = socket.bytesWritten;
    });
    response.writeHead(200);
    const write = (): void => {
      while (response.write('x'.repeat(65_536)));
      response.once('drain', write);
    };
    write();
  });
  await using out = outbound();
  const answer = await out.request({ method: 'GET', url: server.url });
  assert.equal(answer.text.length, 65_536);
  await until(() => written > 0);
  // What was under way when we hung up lies in the sockets' buffers.
  assert.ok(written < 8_000_000, `${written} bytes written`);
});

test('a body that breaks off does not undo a status', async () => {
  await using server = await localServer((response) => {
    response.writeHead(200, { 'Content-Length': 100 });
    response.write('begun', () => response.destroy());
  });
  await using out = outbound();
  const answer = await out.request({ method: 'POST', url: server.url, body: 'x' });
  assert.equal(answer.status, 200);
});

test('of a web page only its title is told', () => {
  const page = { status: 502, contentType: 'text/html', retryAfter: null };
  const text = '<html><head><title>Bad\n Gateway</title></head><body>long</body></html>';
  assert.equal(excerptOf({ ...page, text }), '(a web page) Bad Gateway');
  assert.equal(failureOf({ ...page, text }).message, 'HTTP 502: (a web page) Bad Gateway');
  assert.equal(excerptOf({ ...page, contentType: 'text/plain', text: ' a\u0000\n b ' }), 'a b');
});

test('a name that cannot be resolved is worth another try', async () => {
  const unknown: Resolve = (hostname, callback) => {
    const error = Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND' });
    callback(error, []);
  };
  await using out = outbound({ resolve: unknown });
  const error = await failure(out.request({ method: 'GET', url: 'http://nowhere.example/x' }));
  assert.equal(error.message, 'nowhere.example: the host name is unknown');
  assert.equal(error.retryable, true);
});

test('forbidden addresses are not connected to, by name or by number', async () => {
  await using server = await localServer();
  const resolved: string[] = [];
  const resolve: Resolve = (hostname, callback) => {
    resolved.push(hostname);
    callback(null, [{ address: hostname === 'meta.example' ? '169.254.169.254' : '127.0.0.1', family: 4 }]);
  };
  const rules = { allowPrivate: false, allow: ['friend.example'] };
  await using out = outbound({ resolve, rules: () => rules });
  const cases: [string, RegExp][] = [
    [`http://127.0.0.1:${server.port}/`, /calling 127\.0\.0\.1 is refused: private/],
    [`http://2130706433:${server.port}/`, /calling 127\.0\.0\.1 is refused: private/],
    [`http://[::ffff:127.0.0.1]:${server.port}/`, /is refused: private/],
    [`http://private.example:${server.port}/`, /calling private\.example is refused: private/],
    ['http://meta.example/latest', /calling meta\.example is refused: link-local/],
    ['http://169.254.169.254/latest', /calling 169\.254\.169\.254 is refused: link-local/],
    ['ftp://127.0.0.1/', /not an http:\/\/ or https:\/\/ URL/],
  ];
  for (const [url, message] of cases) {
    const error = await failure(out.request({ method: 'GET', url }));
    assert.match(error.message, message);
    assert.equal(error.retryable, false);
  }
  assert.equal(server.received.length, 0);
  const answer = await out.request({ method: 'GET', url: `http://friend.example:${server.port}/` });
  assert.equal(answer.status, 200);
  assert.deepEqual(resolved, ['private.example', 'meta.example', 'friend.example']);
});
