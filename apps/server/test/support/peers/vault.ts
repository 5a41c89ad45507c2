/** A real Vault of the test's own, with storage of its own and room for others beside it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Identity } from '../../../src/probes/testing/certificates.ts';
import { freePort } from '../free-port.ts';
import { isInstalled } from '../program.ts';
import { tempFolder } from '../temp-folder.ts';
import { until } from '../until.ts';
import { cacheOf } from './cache.ts';
import { startForeground } from './foreground-server.ts';
import { buildGo } from './go-build.ts';

/** The last whose module fits the modules that it names. */
const VERSION = 'v1.21.2';
const BUILT = join(cacheOf(`vault-${VERSION}`), 'vault');
const INSTALLED = isInstalled('vault') ? 'vault' : null;

export interface VaultServer extends AsyncDisposable {
  /** `http://127.0.0.1:<port>` */
  url: string;
  port: number;
  /** Its name in its cluster. */
  id: string;
  pid: number;
  /** Asks its API. @throws unless it answers 2xx. */
  ask(method: 'GET' | 'PUT' | 'POST', path: string, body?: object, token?: string): Promise<unknown>;
  signal(name: NodeJS.Signals): void;
  stop(): Promise<void>;
}

/** Why there can be none here; null = there can. Builds it the first time, which takes two cores six minutes. */
export async function noVault(): Promise<string | null> {
  if (INSTALLED !== null) return null;
  return buildGo(BUILT, {
    source: null,
    files: { 'go.mod': PROJECT, 'main.go': MAIN },
    main: '.',
    // Without the plugins for clouds and databases.
    flags: ['-mod=mod', '-tags=minimal'],
  });
}

/** What its own module replaces by folders beside it is left to the versions that it names. */
const PROJECT = `module vault
go 1.25.3
require github.com/hashicorp/vault ${VERSION}
`;

const MAIN = `package main
import (
	"os"
	"github.com/hashicorp/vault/command"
)
func main() { os.Exit(command.Run(os.Args[1:])) }
`;

/** Starts one that is not initialised; with an identity it speaks TLS. @throws when it does not come up. */
export async function startVault(identity: Identity | null = null): Promise<VaultServer> {
  const folder = tempFolder('vault');
  const [port, clusterAddress] = [await freePort(), `127.0.0.1:${await freePort()}`];
  const url = `http://127.0.0.1:${port}`;
  const id = `node-${port}`;
  const file = (name: string, text: string): string => {
    const path = join(folder.path, name);
    writeFileSync(path, text);
    return path;
  };
  const tls =
    identity === null
      ? { tls_disable: true }
      : { tls_cert_file: file('cert.pem', identity.cert), tls_key_file: file('key.pem', identity.key) };
  const settings = {
    listener: { tcp: { address: `127.0.0.1:${port}`, cluster_address: clusterAddress, ...tls } },
    storage: { raft: { path: folder.path, node_id: id, performance_multiplier: 1 } },
    api_addr: url,
    cluster_addr: `https://${clusterAddress}`,
    disable_mlock: true,
  };
  const server = await startForeground({
    command: [INSTALLED ?? BUILT, 'server', `-config=${file('vault.json', JSON.stringify(settings))}`],
    env: { ...process.env, HOME: folder.path },
    ready: (output) => output.includes('Vault server started!'),
  });
  const stop = async (): Promise<void> => {
    await server.stop();
    folder[Symbol.dispose]();
  };
  return {
    url,
    port,
    id,
    pid: server.pid,
    async ask(method, path, body, token = '') {
      const headers = { 'x-vault-token': token };
      const wanted = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
      const response = await fetch(`${url}/v1/${path}`, wanted);
      const said = await response.text();
      if (!response.ok) throw new Error(`${path}: ${response.status} ${said}`);
      return said === '' ? null : JSON.parse(said);
    },
    signal: server.signal,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

const initialised = z.object({ keys: z.array(z.string()), root_token: z.string() });

/** Initialises one with three keys of which two unseal it. */
export async function initVault(server: VaultServer): Promise<{ keys: string[]; token: string }> {
  const said = await server.ask('PUT', 'sys/init', { secret_shares: 3, secret_threshold: 2 });
  const { keys, root_token } = initialised.parse(said);
  return { keys, token: root_token };
}

const led = z.object({ leader_address: z.string().min(1) });

/** Unseals one, and waits until it serves; as a standby, until it knows who does. */
export async function unsealVault(server: VaultServer, keys: readonly string[]): Promise<void> {
  for (const key of keys.slice(0, 2)) await server.ask('PUT', 'sys/unseal', { key });
  await until('there is an active node', 30_000, async () => {
    const said = await server.ask('GET', 'sys/leader').catch(() => null);
    return led.safeParse(said).success;
  });
}

/** Makes one of the cluster of another, which must be unsealed; it is a standby then. */
export async function joinVault(
  server: VaultServer,
  active: VaultServer,
  keys: readonly string[],
): Promise<void> {
  await server.ask('POST', 'sys/storage/raft/join', { leader_api_addr: active.url });
  await unsealVault(server, keys);
}
