import type { Socket } from 'node:net';
import { test } from 'node:test';
import { tcpPeer } from '../../testing/peers.ts';
import { assertFailed, assertWell, probing } from '../../testing/probing.ts';
import { assertWrongPeers } from '../../testing/wrong-peers.ts';
import { nats } from './probe.ts';

const at = (port: number) => ({ url: `nats://127.0.0.1:${port}` });
const INFO = 'INFO {"version":"2.9.10","server_name":"n"}\r\n';

test('what is no NATS server is told', async () => {
  await assertWrongPeers({ kind: nats, settings: at, waitsIn: 'greeting', isGreeted: true });
});

test('answers after the greeting', async () => {
  const cases: [string, string | null][] = [
    ['PONG\r\n', null],
    ['INFO {"version":"2"}\r\nPING\r\nPONG\r\n', null],
    ["-ERR 'Authorization Violation'\r\n", 'auth'],
    ["-ERR 'maximum connections exceeded'\r\n", 'limit'],
    ['HTTP/1.1 400 Bad Request\r\n', 'protocol'],
    ['INFO {"version":"2"}\r\n'.repeat(200), 'protocol'],
  ];
  for (const [answer, reason] of cases) {
    await using peer = await tcpPeer((socket: Socket) => {
      socket.write(INFO);
      socket.on('data', (asked) => /PING/.test(String(asked)) && socket.write(answer));
    });
    const result = await probing(nats, at(peer.port));
    if (reason === null) assertWell(result);
    else assertFailed(result, reason);
    await peer.allClosed();
  }
});

test('a server that goes away after its greeting, and one that falls silent', async () => {
  await using gone = await tcpPeer((socket: Socket) => {
    socket.write(INFO);
    socket.once('data', () => socket.resetAndDestroy());
  });
  assertFailed(await probing(nats, at(gone.port)), 'reset');
  await using silent = await tcpPeer((socket: Socket) => void socket.write(INFO));
  assertFailed(await probing(nats, at(silent.port), { timeout: 300 }), 'timeout', /auth/);
  await silent.allClosed();
});
