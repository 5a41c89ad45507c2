/** A real Redis of the test's own, which keeps nothing. */
import { freePort } from '../free-port.ts';
import { isInstalled } from '../program.ts';
import { tempFolder } from '../temp-folder.ts';
import { startForeground } from './foreground-server.ts';

export interface RedisServer extends AsyncDisposable {
  port: number;
  pid: number;
  /** `redis://127.0.0.1:<port>` */
  url: string;
  signal(name: NodeJS.Signals): void;
  stop(): Promise<void>;
}

/** Starts one; `settings` are its configuration's, e.g. `requirepass`. @throws when none is installed. */
export async function startRedis(settings: Record<string, string> = {}): Promise<RedisServer> {
  if (!isInstalled('redis-server')) {
    throw new Error('Redis is not installed (Debian: apt-get install redis-server)');
  }
  const folder = tempFolder('redis');
  const port = await freePort();
  const wanted = { port: String(port), bind: '127.0.0.1', save: '', appendonly: 'no', dir: folder.path };
  const options = Object.entries({ ...wanted, ...settings }).flatMap(([name, value]) => [`--${name}`, value]);
  const server = await startForeground({
    command: ['redis-server', ...options],
    ready: (output) => output.includes('Ready to accept connections'),
  });
  const stop = async (): Promise<void> => {
    await server.stop();
    folder[Symbol.dispose]();
  };
  return {
    port,
    pid: server.pid,
    url: `redis://127.0.0.1:${port}`,
    signal: server.signal,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
