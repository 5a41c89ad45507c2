import { randomUUID } from 'node:crypto';
import type { Json } from './case.ts';
import { exchange } from './http.ts';
import type { World } from './world.ts';

/** Milliseconds between our clock and that of a server elsewhere. */
const TOLERANCE = 10_000;

/** What tells where a server is and what opens it. */
export interface RemoteOptions {
  /** Its root, without a trailing slash. */
  url: string;
  writeKey: string;
  readKey: string | undefined;
  /** A writing key of another project. */
  otherKey: string | undefined;
  pingKey: string | undefined;
  metricsKey: string | undefined;
}

/** The options from `HC_BASE_URL`, `HC_API_KEY` and so on; null when no server is named. */
export function remoteOptions(env: Record<string, string | undefined>): RemoteOptions | null {
  const url = env['HC_BASE_URL'];
  const writeKey = env['HC_API_KEY'];
  if (url === undefined) return null;
  if (writeKey === undefined) throw new Error('HC_BASE_URL is given, so HC_API_KEY is needed');
  return {
    url: url.replace(/\/+$/, ''),
    writeKey,
    readKey: env['HC_READ_KEY'],
    otherKey: env['HC_OTHER_KEY'],
    pingKey: env['HC_PING_KEY'],
    metricsKey: env['HC_METRICS_KEY'],
  };
}

/** A project of a running server, empty at the start of a case and emptied after it. */
export async function remoteWorld(options: RemoteOptions): Promise<World> {
  const { url, writeKey, readKey, otherKey } = options;
  await removeChecks(options);
  return {
    url,
    names: {
      base: url,
      ping_endpoint: `${url}/ping/`,
      // The UUID in the addresses of the exposition may be any.
      project: '00000000-0000-0000-0000-000000000000',
      write_key: writeKey,
      fresh_uuid: randomUUID(),
      ...(readKey === undefined ? {} : { read_key: readKey }),
      ...(options.pingKey === undefined ? {} : { ping_key: options.pingKey }),
      ...(options.metricsKey === undefined ? {} : { metrics_key: options.metricsKey }),
    },
    keys: {
      write: writeKey,
      ...(readKey === undefined ? {} : { read: readKey }),
      ...(otherKey === undefined ? {} : { other: otherKey }),
    },
    now: () => Date.now(),
    tolerance: TOLERANCE,
    [Symbol.asyncDispose]: () => removeChecks(options),
  };
}

async function removeChecks({ url, writeKey }: RemoteOptions): Promise<void> {
  const headers = { 'X-Api-Key': writeKey };
  const { body } = await exchange(url, 'GET', '/api/v3/checks/', headers, null);
  const { checks = [] } = JSON.parse(body.toString()) as { checks?: { [key: string]: Json }[] };
  for (const { uuid } of checks) {
    await exchange(url, 'DELETE', `/api/v3/checks/${uuid}`, headers, null);
  }
}
