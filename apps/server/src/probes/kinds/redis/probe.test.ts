import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { createServer as createTlsServer } from 'node:tls';
import { type Certificate, certificates } from '../../testing/certificates.ts';
import { listening, type Peer, tcpPeer } from '../../testing/peers.ts';
import { assertFailed, assertWell, probing } from '../../testing/probing.ts';
import { assertWrongPeers } from '../../testing/wrong-peers.ts';
import { redis } from './probe.ts';

test('peers that are no Redis, and none at all', async () => {
  await assertWrongPeers({
    kind: redis,
    settings: (port) => ({ url: `redis://:p@127.0.0.1:${port}` }),
    waitsIn: 'auth',
  });
});

const ERRORS: [answer: string, reason: string][] = [
  ['-LOADING Redis is loading the dataset in memory', 'unhealthy'],
  ['-MASTERDOWN Link with MASTER is down', 'unhealthy'],
  ['-MISCONF Redis is configured to save RDB snapshots', 'unhealthy'],
  ['-CLUSTERDOWN The cluster is down', 'unhealthy'],
  ['-NOAUTH Authentication required.', 'auth'],
  ['-NOPERM this user has no permissions', 'forbidden'],
  ['-DENIED Redis is running in protected mode', 'forbidden'],
  ['-ERR max number of clients reached', 'limit'],
  ['-ERR something new', 'protocol'],
  ['+HELLO', 'protocol'],
  [':1', 'protocol'],
  ['$-1', 'protocol'],
  ['*-1', 'protocol'],
  ['$99999999999\r\n', 'protocol'],
  ['$abc', 'protocol'],
  [`+${'x'.repeat(10_000)}`, 'protocol'],
  ['*1\r\n'.repeat(50), 'protocol'],
];

for (const [answer, reason] of ERRORS) {
  test(`PING answered with ${JSON.stringify(answer.slice(0, 30))} is ${reason}`, async () => {
    await using peer = await tcpPeer((socket) => socket.once('data', () => socket.write(`${answer}\r\n`)));
    assertFailed(await probing(redis, { url: `redis://127.0.0.1:${peer.port}` }), reason);
    await peer.allClosed();
  });
}

test('a server that goes away in the middle is told apart from one that is no Redis', async () => {
  await using peer = await tcpPeer((socket) =>
    socket.once('data', () => {
      socket.write('+PONG\r\n');
      socket.once('data', () => socket.end('$100\r\nredis_version:7'));
    }),
  );
  const result = await probing(redis, { url: `redis://127.0.0.1:${peer.port}` });
  assertFailed(result, 'reset', /in the middle/);
  assert.deepEqual(result.samples, []);
});

test('an answer without end is cut off', async () => {
  await using peer = await tcpPeer((socket) =>
    socket.once('data', () => {
      socket.write('+PONG\r\n*1000000\r\n');
      const part = '$10\r\n0123456789\r\n'.repeat(1_000);
      const more = (): void => void (socket.destroyed || socket.write(part, more));
      more();
    }),
  );
  const before = process.memoryUsage().rss;
  const result = await probing(redis, { url: `redis://127.0.0.1:${peer.port}` });
  assertFailed(result, 'protocol', /beyond 1048576 bytes/);
  assert.ok(process.memoryUsage().rss - before < 300_000_000);
  await peer.allClosed();
});

test('TLS: trusted, untrusted, expired, for another name, none at all', async () => {
  const { ca, good, elsewhere, expired, selfSigned } = certificates();
  const secure = (identity: Certificate) => listening(createTlsServer(identity, answerAsRedis));
  const at = ({ port }: Peer) => ({ url: `rediss://localhost:${port}`, tls_ca: ca });
  await using right = await secure(good);
  const result = await probing(redis, at(right));
  assertWell(result);
  const phases = result.phases.map(([name]) => name);
  assert.deepEqual(phases, ['resolve', 'connect', 'tls', 'auth', 'ping', 'query']);
  await right.allClosed();
  assertFailed(await probing(redis, { ...at(right), tls_ca: '' }), 'tls', /not trusted/);
  for (const [identity, message] of [
    [elsewhere, /not for localhost but for elsewhere.example/],
    [expired, /expired/],
    [selfSigned, /not trusted/],
  ] as const) {
    await using peer = await secure(identity);
    assertFailed(await probing(redis, at(peer)), 'tls', message);
    await peer.allClosed();
  }
  await using plain = await tcpPeer((socket) => socket.once('data', () => socket.write('-ERR\r\n')));
  assertFailed(await probing(redis, at(plain)), 'protocol', /does not speak TLS/);
  await using silent = await tcpPeer(() => undefined);
  assertFailed(await probing(redis, at(silent), { timeout: 200 }), 'timeout', /\(tls\)/);
  await silent.allClosed();
});

function answerAsRedis(socket: Socket): void {
  socket.on('error', () => undefined);
  socket.on('data', (data) => {
    if (String(data).includes('INFO')) socket.write('$17\r\nredis_version:9\r\n\r\n');
    else socket.write(String(data).includes('SLOWLOG') ? ':0\r\n' : '+PONG\r\n');
  });
}

test('an address that may not be reached is not connected to', async () => {
  await using peer = await tcpPeer(() => undefined);
  const rules = () => ({ allowPrivate: false, allow: [] });
  const result = await probing(redis, { url: `redis://127.0.0.1:${peer.port}` }, { rules });
  assertFailed(result, 'config', /refused/);
  assert.equal(peer.made(), 0);
});

test('settings: other schemes, databases and unknown names are refused', () => {
  for (const wrong of [
    { url: 'http://h' },
    { url: `redis://${'x'.repeat(3_000)}` },
    {},
    { url: 'redis://h', x: 1 },
  ]) {
    assert.throws(() => redis.open(wrong));
  }
  assert.equal(redis.open({ url: 'redis://u:secret@h.example/3' }).instance, 'h.example:6379');
});
