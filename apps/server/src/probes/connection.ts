import { connect, type Socket } from 'node:net';
import { codeOf } from '../notify/failure.ts';
import { asProbeFailure, ProbeFailure } from './failure.ts';
import type { ProbeRun } from './kind.ts';

/** Where a connection goes: an allowed address, or a unix socket. */
export type Endpoint = { host: string; port: number } | { path: string };

/**
 * Opens a TCP connection to a host, in the phases `resolve` and `connect`. It is destroyed when the run ends; late
 * errors of it are heard and dropped.
 * @throws ProbeFailure
 */
export async function openConnection(host: string, port: number, run: ProbeRun): Promise<Socket> {
  const address = await run.phase('resolve', () => run.address(host));
  return run.phase('connect', () => connected({ host: address, port }, run.signal));
}

/** Connects to an address that was allowed before. @throws ProbeFailure */
export function connected(endpoint: Endpoint, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ ...endpoint, signal });
    // Stays: without a listener, a reset between two reads would end the process.
    socket.on('error', (error) => reject(connectFailure(error, endpoint)));
    socket.once('connect', () => resolve(socket));
  });
}

function connectFailure(error: Error, endpoint: Endpoint): ProbeFailure {
  const cause = { cause: error };
  if ('path' in endpoint) return socketFailure(error, endpoint.path);
  const where = placeOf(endpoint.host, endpoint.port);
  const { reason } = asProbeFailure(error);
  if (reason === 'refused') return new ProbeFailure(reason, `${where} refused the connection`, cause);
  if (reason === 'unreachable') return new ProbeFailure(reason, `there is no way to ${where}`, cause);
  if (reason === 'timeout') return new ProbeFailure(reason, `${where} did not take the connection`, cause);
  if (reason === 'reset') return new ProbeFailure(reason, `${where} reset the connection`, cause);
  return new ProbeFailure(reason, `connecting to ${where} failed: ${error.message}`, cause);
}

function socketFailure(error: Error, path: string): ProbeFailure {
  const cause = { cause: error };
  switch (codeOf(error)) {
    case 'ENOENT':
      return new ProbeFailure('refused', `there is no socket ${path}`, cause);
    case 'ECONNREFUSED':
      return new ProbeFailure('refused', `nobody listens on the socket ${path}`, cause);
    case 'EACCES':
    case 'EPERM':
      return new ProbeFailure('forbidden', `the server's user may not use the socket ${path}`, cause);
    default:
      return new ProbeFailure(asProbeFailure(error).reason, `connecting to ${path}: ${error.message}`, cause);
  }
}

/** `db.example.org:5432`, `[::1]:5432`. */
export function placeOf(host: string, port: number): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]:${port}` : `${host}:${port}`;
}
