/** A real memcached of the test's own. */
import { chmodSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import type { Identity } from '../../../src/probes/testing/certificates.ts';
import { freePort } from '../free-port.ts';
import { isInstalled } from '../program.ts';
import { tempFolder } from '../temp-folder.ts';
import { startForeground } from './foreground-server.ts';

export interface Memcached extends AsyncDisposable {
  port: number;
  stop(): Promise<void>;
}

export interface MemcachedOptions {
  /** `user:password`; nobody else gets in then. */
  login?: string;
  /** It speaks TLS then. */
  identity?: Identity;
}

/** Starts one. @throws when none is installed. */
export async function startMemcached({ login, identity }: MemcachedOptions = {}): Promise<Memcached> {
  if (!isInstalled('memcached'))
    throw new Error('memcached is not installed (Debian: apt-get install memcached)');
  const folder = tempFolder('memcached');
  // It runs as nobody, which must be able to read them.
  chmodSync(folder.path, 0o755);
  const write = (name: string, text: string): string => {
    const path = join(folder.path, name);
    writeFileSync(path, text, { mode: 0o644 });
    return path;
  };
  const port = await freePort();
  const args = ['-u', 'nobody', '-l', '127.0.0.1', '-p', String(port)];
  if (login !== undefined) args.push('-Y', write('users', `${login}\n`));
  if (identity !== undefined) {
    const [chain, key] = [write('chain.pem', identity.cert), write('key.pem', identity.key)];
    args.push('-Z', '-o', `ssl_chain_cert=${chain}`, '-o', `ssl_key=${key}`);
  }
  const server = await startForeground({ command: ['memcached', ...args], ready: () => listens(port) });
  const stop = async (): Promise<void> => {
    await server.stop();
    folder[Symbol.dispose]();
  };
  return { port, stop, [Symbol.asyncDispose]: stop };
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}
