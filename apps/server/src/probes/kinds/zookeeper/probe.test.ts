import { once } from 'node:events';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { tcpPeer } from '../../testing/peers.ts';
import { assertFailed, assertWell, probing } from '../../testing/probing.ts';
import { assertWrongCertificates } from '../../testing/wrong-certificates.ts';
import { assertWrongPeers } from '../../testing/wrong-peers.ts';
import { zookeeper } from './probe.ts';

/** A peer that answers the two commands so. */
function answering(ruok: string, mntr: string) {
  return tcpPeer(async (socket: Socket) => {
    const [word] = await once(socket, 'data');
    socket.end(String(word) === 'ruok' ? ruok : mntr);
  });
}

test('what is no ZooKeeper is told', async () => {
  const settings = (port: number) => ({ host: '127.0.0.1', port });
  await assertWrongPeers({ kind: zookeeper, settings, waitsIn: 'ruok' });
  await assertWrongPeers({
    kind: zookeeper,
    settings: (port) => ({ ...settings(port), tls: true }),
    waitsIn: 'tls',
  });
  await assertWrongCertificates({
    kind: zookeeper,
    settings: (port, ca) => ({ host: 'localhost', port, tls: true, tls_ca: ca ?? '' }),
  });
});

test('mntr decides, whatever ruok says', async () => {
  const well = 'zk_version\t3.8.0\nzk_server_state\tstandalone\n';
  const cases: [string, string, string | null][] = [
    ['imok', well, null],
    ['ruok is not executed because it is not in the whitelist.\n', well, null],
    ['imok', 'This ZooKeeper instance is not currently serving requests\n', 'unhealthy'],
    ['imok', 'mntr is not executed because it is not in the whitelist.\n', 'config'],
    ['imok', 'imok', 'protocol'],
    ['imok', '', 'protocol'],
  ];
  for (const [ruok, mntr, reason] of cases) {
    await using peer = await answering(ruok, mntr);
    const result = await probing(zookeeper, { host: 'localhost', port: peer.port });
    if (reason === null) assertWell(result);
    else assertFailed(result, reason);
    await peer.allClosed();
  }
});
