import assert from 'node:assert/strict';
import { createServer as createHttpServer } from 'node:http';
import {
  createSecureServer,
  createServer,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { certificates } from '../../testing/certificates.ts';
import { listening, type Peer, tcpPeer } from '../../testing/peers.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../testing/probing.ts';
import { checkRequest, servingStatus } from './health-message.ts';
import { grpc } from './probe.ts';

/** What a peer does with a call; `asked` is the frame that came. */
type Answering = (stream: ServerHttp2Stream, asked: Buffer, token?: string) => void;

const GRPC = { ':status': 200, 'content-type': 'application/grpc' };

function frame(...message: number[]): Buffer {
  return Buffer.from([0, 0, 0, 0, message.length, ...message]);
}

/** Answers with a message, and a status in the trailers. */
function says(message: Buffer, status = 0, text = ''): Answering {
  return (stream) => {
    stream.respond(GRPC, { waitForTrailers: true });
    stream.on('wantTrailers', () => {
      stream.sendTrailers({
        'grpc-status': String(status),
        ...(text === '' ? {} : { 'grpc-message': text }),
      });
    });
    stream.end(message);
  };
}

/** Answers with a status in the headers and no body. */
function refuses(status: number): Answering {
  return (stream) => stream.respond({ ...GRPC, 'grpc-status': String(status) }, { endStream: true });
}

function onStream(answer: Answering) {
  return (stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void => {
    stream.on('error', () => undefined);
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => answer(stream, Buffer.concat(chunks), headers.authorization));
  };
}

function serving(answer: Answering): Promise<Peer> {
  const server = createServer();
  server.on('sessionError', () => undefined);
  return listening(server.on('stream', onStream(answer)));
}

test('what a server says of itself', async () => {
  const cases: [string, Answering, string | null, RegExp][] = [
    ['serving', says(frame(8, 1)), null, /./],
    ['not serving', says(frame(8, 2)), 'unhealthy', /NOT_SERVING/],
    ['unknown', says(frame()), 'unhealthy', /UNKNOWN/],
    ['a service that is unknown', says(frame(8, 3)), 'not_found', /SERVICE_UNKNOWN/],
    ['fields that we do not know', says(frame(18, 2, 65, 66, 24, 200, 1, 8, 1)), null, /./],
    ['no health service', refuses(12), 'protocol', /UNIMPLEMENTED: the server has no health service/],
    ['unauthenticated', refuses(16), 'auth', /UNAUTHENTICATED/],
    ['denied', refuses(7), 'forbidden', /PERMISSION_DENIED/],
    ['no such service', refuses(5), 'not_found', /NOT_FOUND/],
    ['too late', refuses(4), 'timeout', /DEADLINE_EXCEEDED/],
    ['unavailable', says(Buffer.alloc(0), 14, 'draining'), 'unhealthy', /UNAVAILABLE: draining/],
    ['half a message', says(Buffer.from([0, 0, 0, 0, 9, 8])), 'protocol', /health protocol/],
    ['a compressed one', says(Buffer.from([1, 0, 0, 0, 2, 8, 1])), 'protocol', /health protocol/],
    ['an endless number', says(frame(8, 255, 255)), 'protocol', /health protocol/],
    ['too much', says(Buffer.alloc(100_000)), 'protocol', /more than/],
    ['no status', (stream) => stream.respond(GRPC, { endStream: true }), 'protocol', /no gRPC status/],
    [
      'a web server',
      (stream) => stream.respond({ ':status': 404 }, { endStream: true }),
      'protocol',
      /HTTP 404/,
    ],
    ['a reset', (stream) => stream.close(2), 'protocol', /broke off/],
    ['an end of the session', (stream) => stream.session?.destroy(), 'protocol', /broke off/],
    ['nothing', () => undefined, 'timeout', /\(check\)/],
  ];
  for (const [name, answer, reason, message] of cases) {
    await using peer = await serving(answer);
    const result = await probing(grpc, { url: `grpc://127.0.0.1:${peer.port}/shop` }, { timeout: 500 });
    if (reason === null) assertWell(result);
    else {
      assert.equal(result.failure?.reason, reason, `${name}: ${result.failure?.message}`);
      assert.match(result.failure?.message ?? '', message);
    }
    await peer.allClosed();
  }
});

test('the service and the metadata arrive; the answer is measured', async () => {
  let asked: Buffer = Buffer.alloc(0);
  let token: string | undefined;
  await using peer = await serving((stream, message, authorization) => {
    asked = message;
    token = authorization;
    says(frame(8, 1))(stream, message);
  });
  const url = `grpc://localhost:${peer.port}/shop.v1.Cart`;
  const result = await probing(grpc, { url, metadata: { authorization: 'Bearer x' } });
  assertWell(result);
  assert.deepEqual(asked, checkRequest('shop.v1.Cart'));
  const values = valuesOf(result);
  assert.equal(values['probe_grpc_status_code'], 0);
  assert.equal(values['probe_grpc_healthcheck_response{serving_status="SERVING"}'], 1);
  assert.equal(values['probe_grpc_healthcheck_response{serving_status="NOT_SERVING"}'], 0);
  assert.equal(token, 'Bearer x');
});

test('peers that speak something else', async () => {
  const cases: [string, (socket: Socket) => void, RegExp][] = [
    ['hangs up', (socket) => socket.end(), /^protocol /],
    ['resets', (socket) => socket.resetAndDestroy(), /^protocol /],
    ['garbage', (socket) => socket.write('-ERR unknown command\r\n'.repeat(50)), /^protocol /],
    ['silence', () => undefined, /^timeout .*check/],
  ];
  for (const [name, behave, wanted] of cases) {
    await using peer = await tcpPeer((socket) => socket.once('data', () => behave(socket)));
    const { failure } = await probing(grpc, { url: `grpc://127.0.0.1:${peer.port}` }, { timeout: 300 });
    assert.match(`${failure?.reason} ${failure?.message}`, wanted, name);
    await peer.allClosed();
  }
  await using web = await listening(createHttpServer((_, response) => response.end('hello')));
  assertFailed(await probing(grpc, { url: `grpc://127.0.0.1:${web.port}` }), 'protocol', /gRPC/);
  assertFailed(await probing(grpc, { url: `grpcs://127.0.0.1:${web.port}` }), 'protocol', /speak TLS/);
});

test('over TLS, with a certificate that is held against the name', async () => {
  const { ca: tls_ca, good, expired, elsewhere } = certificates();
  const cases: [typeof good, Record<string, unknown>, RegExp | null][] = [
    [good, { tls_ca }, null],
    [good, {}, /not trusted/],
    [expired, { tls_ca }, /expired/],
    [elsewhere, { tls_ca }, /not for localhost/],
  ];
  for (const [identity, settings, message] of cases) {
    const server = createSecureServer(identity);
    server.on('sessionError', () => undefined);
    await using peer = await listening(server.on('stream', onStream(says(frame(8, 1)))));
    const result = await probing(grpc, { url: `grpcs://localhost:${peer.port}`, ...settings });
    if (message === null) assertWell(result);
    else assertFailed(result, 'tls', message);
    assert.ok('probe_ssl_days_left' in valuesOf(result));
    await peer.allClosed();
  }
});

test('messages are written and read as the protocol has them', () => {
  assert.deepEqual([...checkRequest('')], [0, 0, 0, 0, 0]);
  assert.deepEqual([...checkRequest('ab')], [0, 0, 0, 0, 4, 10, 2, 97, 98]);
  assert.equal(checkRequest('x'.repeat(200)).length, 5 + 3 + 200);
  assert.equal(servingStatus(frame(8, 1)), 'SERVING');
  assert.equal(servingStatus(frame(8, 9)), 'UNKNOWN');
});
