/** Peers of databases' probes that are not the database, or none at its best. */
import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { ProbeKind } from '../kind.ts';
import { type Peer, tcpPeer } from './peers.ts';
import { assertFailed, probing } from './probing.ts';

const HTTP = 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n';

/** What a peer does with each connection, and how a run may fail then: by reason. */
const FOREIGN: [string, (socket: Socket) => void, RegExp][] = [
  ['says nothing', () => undefined, /^timeout$/],
  ['hangs up', (socket) => socket.end(), /^protocol$/],
  ['resets', (socket) => socket.resetAndDestroy(), /^(protocol|reset)$/],
  [
    'resets once asked',
    (socket) => socket.once('data', () => socket.resetAndDestroy()),
    /^(protocol|timeout)$/,
  ],
  ['is a web server', (socket) => socket.once('data', () => socket.end(HTTP)), /^(protocol|timeout)$/],
  ['is a mail server', (socket) => socket.write('220 mail.example.org ESMTP\r\n'), /^protocol$/],
  [
    'sends noise',
    (socket) => socket.write(Buffer.from([0xff, 0, 0, 0, 0, 0xff, 0x41, 0xfe, 9])),
    /^protocol$/,
  ],
  ['sends without end', (socket) => pour(socket, Buffer.alloc(65_536, 'x')), /^protocol$/],
];

/** Milliseconds of a run that nobody answers. */
const SHORT = 500;

/**
 * Asserts that a kind tells each of these peers from its own, within the run's time, and lets every connection go.
 * `waitsIn` is what it is doing when nothing comes.
 */
export async function assertForeignPeers(
  kind: ProbeKind,
  settings: (port: number) => unknown,
  waitsIn: string,
): Promise<void> {
  let port = 0;
  for (const [what, connected, reason] of FOREIGN) {
    await using peer = await tcpPeer(connected);
    port = peer.port;
    const { failure, samples } = await probing(kind, settings(port), { timeout: SHORT });
    assert.match(failure?.reason ?? 'none', reason, `${what}: ${failure?.message}`);
    assert.deepEqual(samples, []);
    if (failure?.reason === 'timeout') assert.equal(failure.phase, waitsIn, what);
    assert.notEqual(peer.made(), 0);
    await peer.allClosed();
  }
  assertFailed(await probing(kind, settings(port)), 'refused', /refused/);
}

/** Writes the same bytes again and again, as fast as they are taken. */
export function pour(socket: Socket, bytes: Uint8Array): void {
  const more = (): void => {
    while (!socket.destroyed && socket.write(bytes));
  };
  socket.on('drain', more);
  more();
}

/** A peer that speaks TLS once it is asked for it. */
export interface UpgradePeer extends Peer {
  /** What came through the encryption. */
  said(): string[];
}

/** Sends `greeting`, answers a request of `length` bytes with `answer`, then speaks TLS as this identity and hears. */
export async function tlsPeer(
  identity: { key: string; cert: string },
  length: number,
  { answer = '', greeting = '' }: { answer?: string; greeting?: string | Buffer },
): Promise<UpgradePeer> {
  const said: string[] = [];
  const peer = await tcpPeer((socket) => {
    socket.write(greeting);
    socket.once('data', (bytes: Buffer) => {
      socket.pause();
      // The handshake may have come along with the request.
      socket.unshift(bytes.subarray(length));
      socket.write(answer);
      const secure = new TLSSocket(socket, { isServer: true, ...identity });
      secure.on('error', () => undefined);
      secure.on('data', (plain: Buffer) => said.push(plain.toString('latin1')));
    });
  });
  return { ...peer, said: () => said };
}
