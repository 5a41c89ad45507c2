import type { Socket } from 'node:net';
import { test } from 'node:test';
import { tcpPeer } from '../../testing/peers.ts';
import { assertFailed, probing } from '../../testing/probing.ts';
import { assertWrongCertificates } from '../../testing/wrong-certificates.ts';
import { assertWrongPeers } from '../../testing/wrong-peers.ts';
import { mqtt } from './probe.ts';

const at = (port: number) => ({ url: `mqtt://127.0.0.1:${port}` });

test('what is no MQTT broker is told', async () => {
  await assertWrongPeers({ kind: mqtt, settings: at, waitsIn: 'auth' });
  const secure = (port: number, tls_ca: string | null = null) => ({
    url: `mqtts://localhost:${port}`,
    tls_ca: tls_ca ?? '',
  });
  await assertWrongPeers({ kind: mqtt, settings: secure, waitsIn: 'tls' });
  await assertWrongCertificates({ kind: mqtt, settings: secure });
});

/** CONNACK without properties, of MQTT 5. */
const connack = (code: number) => Buffer.from([0x20, 3, 0, code, 0]);

test('refusals, and a broker that goes away or falls silent after it has let us in', async () => {
  for (const [code, reason] of [
    [135, 'auth'],
    [134, 'auth'],
    [132, 'protocol'],
    [136, 'unhealthy'],
    [159, 'limit'],
  ] as const) {
    await using peer = await tcpPeer((socket: Socket) =>
      socket.once('data', () => socket.end(connack(code))),
    );
    assertFailed(await probing(mqtt, at(peer.port)), reason);
    await peer.allClosed();
  }
  await using gone = await tcpPeer((socket: Socket) => {
    socket.once('data', () => {
      socket.write(connack(0));
      socket.once('data', () => socket.resetAndDestroy());
    });
  });
  assertFailed(await probing(mqtt, at(gone.port)), 'reset');
  await using silent = await tcpPeer((socket: Socket) => socket.once('data', () => socket.write(connack(0))));
  assertFailed(await probing(mqtt, at(silent.port), { timeout: 300 }), 'timeout', /echo/);
  await silent.allClosed();
});
