/** A real MinIO of the test's own, built by Go from its source: it is run here, never bundled. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../free-port.ts';
import { isInstalled } from '../program.ts';
import { tempFolder } from '../temp-folder.ts';
import { startForeground } from './foreground-server.ts';

const run = promisify(execFile);
/** The last release whose module can be installed as it is. */
const VERSION = 'v0.0.0-20260212201848-7aac2a2c5b7c';
const CACHE = resolve(import.meta.dirname, '../../../../../node_modules/.cache/peers', `minio-${VERSION}`);
/** Milliseconds; two cores take three minutes. */
const BUILT_WITHIN = 600_000;

export interface Minio extends AsyncDisposable {
  /** `http://127.0.0.1:<port>` */
  endpoint: string;
  access_key: string;
  secret_key: string;
  stop(): Promise<void>;
}

/** Why there can be no MinIO here; null = there can. Builds it the first time. */
export async function noMinio(): Promise<string | null> {
  if (existsSync(join(CACHE, 'minio'))) return null;
  if (!isInstalled('go')) return 'go is not installed';
  mkdirSync(CACHE, { recursive: true });
  const env = { ...process.env, GOBIN: CACHE, GOFLAGS: '-p=2' };
  try {
    await run('go', ['install', `github.com/minio/minio@${VERSION}`], { env, timeout: BUILT_WITHIN });
    return null;
  } catch (error) {
    return `MinIO cannot be built: ${String(error).slice(-300)}`;
  }
}

/** Starts one; `at`: a port of its own. @throws when it does not come up. */
export async function startMinio(at?: number): Promise<Minio> {
  const folder = tempFolder('minio');
  const address = `127.0.0.1:${at ?? (await freePort())}`;
  const endpoint = `http://${address}`;
  const [access_key, secret_key] = ['vigie-root', 'vigie-secret'];
  const env = {
    ...process.env,
    MINIO_ROOT_USER: access_key,
    MINIO_ROOT_PASSWORD: secret_key,
    MINIO_PROMETHEUS_AUTH_TYPE: 'public',
    MINIO_BROWSER: 'off',
  };
  const server = await startForeground({
    command: [join(CACHE, 'minio'), 'server', '--address', address, folder.path],
    env,
    ready: async () => (await fetch(`${endpoint}/minio/health/cluster`).catch(() => null))?.ok ?? false,
  });
  const stop = async (): Promise<void> => {
    await server.stop();
    folder[Symbol.dispose]();
  };
  return { endpoint, access_key, secret_key, stop, [Symbol.asyncDispose]: stop };
}
