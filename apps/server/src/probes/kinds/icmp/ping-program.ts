/** The system's `ping`: Node.js has no ICMP sockets. */
import { spawn } from 'node:child_process';
import { codeOf } from '../../../notify/failure.ts';
import { ProbeFailure } from '../../failure.ts';

/** What `ping` wrote, and how it ended: 0 = replies, 1 = none, 2 = it could not even try. */
export interface Pinged {
  code: number | null;
  output: string;
}

/** Characters of its output that are kept: with `-q` it is a few lines. */
const OUTPUT_LIMIT = 5_000;
/** Seconds between two requests: the least that iputils allows everybody. */
const PACE = '0.2';
/** Seconds that a reply may take. */
const PATIENCE = '1';

/** @throws ProbeFailure `config` when the program cannot be started. */
export function pinged(address: string, count: number, signal: AbortSignal): Promise<Pinged> {
  return new Promise((resolve, reject) => {
    const args = ['-n', '-q', '-c', String(count), '-i', PACE, '-W', PATIENCE, '--', address];
    const child = spawn('ping', args, {
      env: { PATH: process.env['PATH'], LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
      killSignal: 'SIGKILL',
    });
    let output = '';
    const keep = (text: string): void => {
      output = (output + text).slice(0, OUTPUT_LIMIT);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.once('error', (error) => reject(startFailure(error)));
    child.once('close', (code) => resolve({ code, output }));
  });
}

function startFailure(error: Error): ProbeFailure {
  const cause = { cause: error };
  switch (codeOf(error)) {
    case 'ENOENT':
      return new ProbeFailure('config', 'the program ping is not installed on the server', cause);
    case 'EPERM':
    case 'EACCES':
      // A container without capabilities may not even start a program that carries one.
      return new ProbeFailure(
        'config',
        'the server may not start ping: give it the capability NET_RAW, or a copy of ping without capabilities',
        cause,
      );
    default:
      return new ProbeFailure('internal', `ping was not run: ${error.message}`, cause);
  }
}
