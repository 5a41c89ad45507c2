/** A real etcd of the test's own: a gRPC server with the health service. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Identity } from '../../../src/probes/testing/certificates.ts';
import { freePort } from '../free-port.ts';
import { isInstalled } from '../program.ts';
import { tempFolder } from '../temp-folder.ts';
import { startForeground } from './foreground-server.ts';

export interface Etcd extends AsyncDisposable {
  port: number;
  stop(): Promise<void>;
}

/** Starts one, with TLS when it has an identity. @throws when none is installed. */
export async function startEtcd(identity: Identity | null = null): Promise<Etcd> {
  if (!isInstalled('etcd')) throw new Error('etcd is not installed (Debian: apt-get install etcd-server)');
  const folder = tempFolder('etcd');
  const [port, peerPort] = [await freePort(), await freePort()];
  const scheme = identity === null ? 'http' : 'https';
  const client = `${scheme}://127.0.0.1:${port}`;
  const peer = `http://127.0.0.1:${peerPort}`;
  const files = identity === null ? [] : tlsFiles(folder.path, identity);
  const server = await startForeground({
    command: [
      'etcd',
      ...['--name', 'test', '--data-dir', join(folder.path, 'data'), '--unsafe-no-fsync'],
      ...['--listen-client-urls', client, '--advertise-client-urls', client],
      ...['--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer],
      ...['--initial-cluster', `test=${peer}`],
      ...files,
    ],
    ready: (output) => /serving (insecure )?client (requests|traffic)/.test(output),
  });
  const stop = async (): Promise<void> => {
    await server.stop();
    folder[Symbol.dispose]();
  };
  return { port, stop, [Symbol.asyncDispose]: stop };
}

function tlsFiles(folder: string, { cert, key }: Identity): string[] {
  writeFileSync(join(folder, 'cert.pem'), cert);
  writeFileSync(join(folder, 'key.pem'), key);
  return ['--cert-file', join(folder, 'cert.pem'), '--key-file', join(folder, 'key.pem')];
}
