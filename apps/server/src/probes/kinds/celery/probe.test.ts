import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createServer as createTlsServer } from 'node:tls';
import { certificates } from '../../testing/certificates.ts';
import { listening, tcpPeer } from '../../testing/peers.ts';
import { assertFailed, probing } from '../../testing/probing.ts';
import { assertWrongPeers } from '../../testing/wrong-peers.ts';
import { celery } from './probe.ts';

test('over AMQP: peers that are no broker, and none at all', async () => {
  const settings = (port: number) => ({ broker: `amqp://127.0.0.1:${port}` });
  await assertWrongPeers({ kind: celery, settings, waitsIn: 'auth' });
});

test('over Redis: peers that are no broker, and none at all', async () => {
  const settings = (port: number) => ({ broker: `redis://:p@127.0.0.1:${port}` });
  await assertWrongPeers({ kind: celery, settings, waitsIn: 'auth' });
});

test('over AMQP with TLS: certificates that are not to be trusted', async () => {
  const { ca, elsewhere, expired, selfSigned } = certificates();
  for (const [identity, message] of [
    [elsewhere, /altnames|not for/],
    [expired, /expired/],
    [selfSigned, /self-signed|not trusted/],
  ] as const) {
    await using peer = await listening(
      createTlsServer(identity, (socket) => socket.on('error', () => undefined)),
    );
    const result = await probing(celery, { broker: `amqps://localhost:${peer.port}`, tls_ca: ca });
    assertFailed(result, 'tls', message);
    await peer.allClosed();
  }
  await using plain = await tcpPeer((socket) => socket.once('data', () => socket.write('AMQP\0\0\x09\x01')));
  assertFailed(
    await probing(celery, { broker: `amqps://localhost:${plain.port}`, tls_ca: ca }),
    'protocol',
    /TLS/,
  );
  await using silent = await tcpPeer(() => undefined);
  const hung = await probing(celery, { broker: `amqps://localhost:${silent.port}` }, { timeout: 200 });
  assertFailed(hung, 'timeout', /\(auth\)/);
  await silent.allClosed();
});

test('a broker that floods is cut off', async () => {
  const frame = Buffer.from('\x01\x00\x00\x00\x0f\xff\xf0', 'latin1');
  await using peer = await tcpPeer((socket) => {
    const body = Buffer.concat([frame, Buffer.alloc(1_048_560, 'x'), Buffer.from([0xce])]);
    const more = (): void => void (socket.destroyed || socket.write(body, more));
    more();
  });
  const result = await probing(celery, { broker: `amqp://127.0.0.1:${peer.port}` }, { timeout: 3_000 });
  assertFailed(result, 'protocol');
  await peer.allClosed();
});

test('an address that may not be reached is not connected to', async () => {
  await using peer = await tcpPeer(() => undefined);
  const rules = () => ({ allowPrivate: false, allow: [] });
  for (const scheme of ['amqp', 'amqps', 'redis', 'rediss']) {
    const result = await probing(celery, { broker: `${scheme}://127.0.0.1:${peer.port}` }, { rules });
    assertFailed(result, 'config', /refused/);
  }
  assert.equal(peer.made(), 0);
});

test('the instance has the port of its scheme, and no password', () => {
  const instances = ['redis://:p@h/3', 'rediss://h', 'amqp://u:p@h/v', 'amqps://h', 'amqp://h:1'];
  assert.deepEqual(
    instances.map((broker) => celery.open({ broker }).instance),
    ['h:6379', 'h:6379', 'h:5672', 'h:5671', 'h:1'],
  );
});

test('a fanout prefix that would end workers is refused', () => {
  const broker = 'redis://h';
  for (const fanout_prefix of ['', '/{db}.', '/app.']) celery.open({ broker, fanout_prefix });
  for (const fanout_prefix of ['fan.', '{db}.', '/a.b.', '/{db}', '.']) {
    assert.throws(() => celery.open({ broker, fanout_prefix }), /fanout_prefix/);
  }
});
