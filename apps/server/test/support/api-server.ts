/** A server process whose keys are known, with calls of its native API. */
import type { Check, CheckCreate, Ping } from '@vigie/contract';
import { type ProcessOptions, type ServerProcess, spawnServer } from './server-process.ts';

/** Of the first project. */
export const KEYS = {
  write: `hcw_${'w'.repeat(28)}`,
  read: `hcr_${'r'.repeat(28)}`,
  ping: 'pingkeypingkeypingkey1',
  metrics: 'a-metrics-key-for-tests',
} as const;

/** A ping as the server recorded it. */
export interface Recorded extends Ping {
  body: string;
}

export interface ApiServer extends ServerProcess {
  /** @throws for anything but a success, with what the server said. */
  call<T>(method: string, path: string, body?: object): Promise<T>;
  createCheck(fields: CheckCreate): Promise<Check>;
  check(id: string): Promise<Check>;
  /** The pings of a check, oldest first. */
  pings(id: string): Promise<Recorded[]>;
}

/** Starts a server whose first project has the known keys. @throws StartFailed. */
export async function spawnApiServer(options: ProcessOptions): Promise<ApiServer> {
  const env = {
    VIGIE_API_KEY: KEYS.write,
    VIGIE_READ_KEY: KEYS.read,
    VIGIE_PING_KEY: KEYS.ping,
    VIGIE_METRICS_KEY: KEYS.metrics,
    ...options.env,
  };
  const server = await spawnServer({ ...options, env });
  const request = async (method: string, path: string, body?: object): Promise<Response> => {
    const response = await fetch(`${server.url}${path}`, {
      method,
      headers: { 'X-Api-Key': KEYS.write, ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (response.ok) return response;
    throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  };
  const call = async <T>(method: string, path: string, body?: object): Promise<T> =>
    (await (await request(method, path, body)).json()) as T;
  return {
    ...server,
    call,
    createCheck: (fields) => call('POST', '/api/vigie/checks', fields),
    check: (id) => call('GET', `/api/vigie/checks/${id}`),
    async pings(id) {
      const { items } = await call<{ items: Ping[] }>('GET', `/api/vigie/checks/${id}/pings`);
      const bodies = items.map(async (ping) => {
        if (ping.size === 0) return { ...ping, body: '' };
        const body = await request('GET', `/api/vigie/checks/${id}/pings/${ping.n}/body`);
        return { ...ping, body: await body.text() };
      });
      return (await Promise.all(bodies)).reverse();
    },
  };
}
