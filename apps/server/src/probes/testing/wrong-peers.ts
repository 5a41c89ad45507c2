import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import type { ProbeKind } from '../kind.ts';
import type { ProbeResult } from '../run-once.ts';
import { type Peer, tcpPeer } from './peers.ts';
import { AMPLE, assertFailed, probing } from './probing.ts';

/** Milliseconds of a run against a peer that says nothing. */
const SHORT = 300;

export interface WrongPeers {
  kind: ProbeKind;
  /** Settings that go to this port of 127.0.0.1. */
  settings(port: number): unknown;
  /** What a run is doing when nobody answers. */
  waitsIn: string;
  /** Bytes that can be no answer of this protocol; a line of noise unless told. */
  garbage?: Buffer;
  /** Whether the server speaks first: one that waits for us is then as silent as one that hangs. */
  isGreeted?: boolean;
}

const HTTP = 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';
const NOISE = Buffer.from('\xff\xfe\x00\x13 what\r\n\r\n', 'latin1');

/**
 * Asserts how a kind that speaks over TCP takes peers that do not speak its protocol: always a failure that says so,
 * in the run's time, with no connection left open.
 */
export async function assertWrongPeers({
  kind,
  settings,
  waitsIn,
  garbage = NOISE,
  isGreeted = false,
}: WrongPeers): Promise<void> {
  const run = async (connected: (socket: Socket) => void, timeout = AMPLE): Promise<ProbeResult> => {
    await using peer = await tcpPeer(connected);
    const result = await probing(kind, settings(peer.port), { timeout });
    assert.notEqual(peer.made(), 0);
    await peer.allClosed();
    return result;
  };
  assertFailed(await probing(kind, settings(await closedPort())), 'refused');
  const silent = await run(() => undefined, SHORT);
  assertFailed(silent, 'timeout');
  assert.equal(silent.failure?.phase, waitsIn);
  const waiting = await run(
    (socket) => socket.once('data', () => socket.end(HTTP)),
    isGreeted ? SHORT : AMPLE,
  );
  assertFailed(waiting, isGreeted ? 'timeout' : 'protocol');
  assertFailed(await run((socket) => void socket.end(HTTP)), 'protocol');
  assertFailed(await run((socket) => void socket.end(garbage)), 'protocol');
  assertFailed(await run((socket) => void socket.end()), 'protocol');
  assertReset(await run((socket) => void socket.resetAndDestroy()));
  assertReset(await run((socket) => socket.once('data', () => socket.resetAndDestroy()), SHORT));
  assertEnded(await run(flood, SHORT * 5));
}

/** A reset may come before the connection is known to be there, or while it is greeted. */
function assertReset({ failure }: ProbeResult): void {
  assert.match(failure?.reason ?? '', /^(protocol|reset|timeout)$/, failure?.message);
}

/** Endless bytes: no protocol at once, or at the end of the time. */
function assertEnded({ failure }: ProbeResult): void {
  assert.match(failure?.reason ?? '', /^(protocol|timeout)$/, failure?.message);
}

function flood(socket: Socket): void {
  const bytes = Buffer.alloc(65_536, 'x');
  const write = (): void => {
    while (!socket.destroyed && socket.write(bytes));
  };
  socket.on('drain', write);
  write();
}

/** A port that nobody listens on. */
async function closedPort(): Promise<number> {
  const peer: Peer = await tcpPeer(() => undefined);
  await peer[Symbol.asyncDispose]();
  return peer.port;
}
