import type { Socket } from 'node:net';
import { test } from 'node:test';
import { tcpPeer } from '../../testing/peers.ts';
import { assertFailed, assertWell, probing } from '../../testing/probing.ts';
import { assertWrongCertificates } from '../../testing/wrong-certificates.ts';
import { assertWrongPeers } from '../../testing/wrong-peers.ts';
import { memcached } from './probe.ts';

const at = (port: number) => ({ host: '127.0.0.1', port });

test('what is no memcached is told', async () => {
  await assertWrongPeers({ kind: memcached, settings: at, waitsIn: 'query' });
  const login = (port: number) => ({ ...at(port), username: 'u', password: 'p' });
  await assertWrongPeers({ kind: memcached, settings: login, waitsIn: 'auth' });
  await assertWrongPeers({
    kind: memcached,
    settings: (port) => ({ ...at(port), tls: true }),
    waitsIn: 'tls',
  });
  await assertWrongCertificates({
    kind: memcached,
    settings: (port, ca) => ({ host: 'localhost', port, tls: true, tls_ca: ca ?? '' }),
  });
});

test('an answer is judged by its lines', async () => {
  const cases: [string, string | null][] = [
    ['STAT version 1.6\r\nSTAT uptime 3\r\nEND\r\n', null],
    ['END\r\n', 'protocol'],
    ['ERROR\r\n', 'protocol'],
    ['CLIENT_ERROR unauthenticated\r\n', 'auth'],
    ['ERROR Too many open connections\r\n', 'limit'],
    ['STAT version 1.6\r\nSTAT upt', 'reset'],
    ['STAT a 1\r\n'.repeat(1_001), 'protocol'],
  ];
  for (const [answer, reason] of cases) {
    await using peer = await tcpPeer((socket: Socket) => socket.once('data', () => socket.end(answer)));
    const result = await probing(memcached, at(peer.port));
    if (reason === null) assertWell(result);
    else assertFailed(result, reason);
    await peer.allClosed();
  }
});

test('the connection ends with the run, also when the server would keep it', async () => {
  await using peer = await tcpPeer((socket: Socket) => {
    socket.once('data', () => socket.write('STAT version 1.6\r\nEND\r\n'));
  });
  assertWell(await probing(memcached, at(peer.port)));
  await peer.allClosed();
});
