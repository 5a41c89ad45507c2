import type { Socket } from 'node:net';
import { openConnection } from './connection.ts';
import type { ProbeRun } from './kind.ts';
import { startTls } from './tls-session.ts';
import type { TlsChoice } from './tls-settings.ts';

export interface DialTarget {
  host: string;
  port: number;
  /** Null = plain TCP. */
  tls: TlsChoice | null;
}

/** Connects in the phases `resolve`, `connect` and `tls`; whoever dials destroys the socket. @throws ProbeFailure */
export async function dial(run: ProbeRun, { host, port, tls }: DialTarget): Promise<Socket> {
  const socket = await openConnection(host, port, run);
  return tls === null ? socket : encrypted(run, socket, host, tls);
}

/** Speaks TLS from here on over an open connection, with a peer whose certificate is trusted. @throws ProbeFailure */
export async function encrypted(
  run: ProbeRun,
  socket: Socket,
  host: string,
  { ca }: TlsChoice,
): Promise<Socket> {
  try {
    const session = await run.phase('tls', () => startTls(socket, { host, ca: ca ?? undefined }));
    if (session.distrust !== null) throw session.distrust;
    return session.socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}
