import { openConnection, placeOf } from '../connection.ts';
import type { ProbeRun } from '../kind.ts';
import type { DatabaseAddress } from './database-address.ts';
import { type PeerProtocol, PeerStream } from './peer-stream.ts';

/** Connects, in the phases `resolve` and `connect`. The connection ends with the run at the latest. */
export async function openPeer(
  { host, port }: Pick<DatabaseAddress, 'host' | 'port'>,
  protocol: PeerProtocol,
  run: ProbeRun,
): Promise<PeerStream> {
  const socket = await openConnection(host, port, run);
  const peer = new PeerStream(socket, placeOf(host, port), protocol);
  const end = (): void => void peer.destroy();
  run.signal.addEventListener('abort', end);
  peer.once('close', () => run.signal.removeEventListener('abort', end));
  if (run.signal.aborted) end();
  return peer;
}
