/** A real FerretDB of the test's own: a server of MongoDB's protocol that keeps its documents in SQLite. It is no MongoDB. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Identity } from '../../../src/probes/testing/certificates.ts';
import { freePort } from '../free-port.ts';
import { tempFolder } from '../temp-folder.ts';
import { cacheOf } from './cache.ts';
import { startForeground } from './foreground-server.ts';
import { buildGo } from './go-build.ts';

/** The last that needs no PostgreSQL with an extension. */
const VERSION = 'v1.24.2';
const PROGRAM = join(cacheOf(`ferretdb-${VERSION}`), 'ferretdb');

export interface FerretDb extends AsyncDisposable {
  port: number;
  pid: number;
  signal(name: NodeJS.Signals): void;
  stop(): Promise<void>;
}

/** Why there can be none here; null = there can. Builds it the first time, which takes two cores a minute. */
export function noFerretDb(): Promise<string | null> {
  return buildGo(PROGRAM, {
    source: `github.com/FerretDB/FerretDB@${VERSION}`,
    // It starts only when it knows its version, which its own build puts here.
    files: { 'build/version/version.txt': VERSION },
    main: './cmd/ferretdb',
  });
}

export interface FerretDbOptions {
  /** It speaks nothing but TLS then. */
  identity?: Identity;
  /** It calls itself a member of this replica set then. */
  set?: string;
}

/** Starts one with the user `watcher`, whose password is `right`. @throws when it does not come up. */
export async function startFerretDb({ identity, set = '' }: FerretDbOptions = {}): Promise<FerretDb> {
  const folder = tempFolder('ferretdb');
  const port = await freePort();
  const file = (name: string, text: string): string => {
    const path = join(folder.path, name);
    writeFileSync(path, text);
    return path;
  };
  const address = `127.0.0.1:${port}`;
  const place =
    identity === undefined
      ? [`--listen-addr=${address}`]
      : [
          '--listen-addr=',
          `--listen-tls=${address}`,
          `--listen-tls-cert-file=${file('cert.pem', identity.cert)}`,
          `--listen-tls-key-file=${file('key.pem', identity.key)}`,
        ];
  const server = await startForeground({
    command: [
      PROGRAM,
      ...['--handler=sqlite', `--sqlite-url=file:${folder.path}/`, `--state-dir=${folder.path}`],
      ...['--debug-addr=-', '--telemetry=disable', `--repl-set-name=${set}`],
      ...['--test-enable-new-auth', '--setup-database=admin'],
      ...['--setup-username=watcher', '--setup-password=right'],
      ...place,
    ],
    ready: (output) => /Listening on (TCP|TLS)/.test(output),
  });
  const stop = async (): Promise<void> => {
    await server.stop();
    folder[Symbol.dispose]();
  };
  return { port, pid: server.pid, signal: server.signal, stop, [Symbol.asyncDispose]: stop };
}
