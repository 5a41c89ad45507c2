/** A real NATS server of the test's own, with JetStream and its monitoring port. */
import { freePort } from '../free-port.ts';
import { tempFolder } from '../temp-folder.ts';
import { startForeground } from './foreground-server.ts';

export interface NatsServer extends AsyncDisposable {
  port: number;
  /** `http://127.0.0.1:<port>` */
  monitoring: string;
  stop(): Promise<void>;
}

/** Starts one; `args` are further arguments, e.g. `--user`. @throws when none is installed. */
export async function startNats(args: readonly string[] = []): Promise<NatsServer> {
  const folder = tempFolder('nats');
  const [port, monitor] = [await freePort(), await freePort()];
  const monitoring = `http://127.0.0.1:${monitor}`;
  const own = ['-a', '127.0.0.1', '-p', String(port), '-m', String(monitor), '-js', '-sd', folder.path];
  const server = await startForeground({
    command: ['nats-server', ...own, ...args],
    ready: async () => (await fetch(`${monitoring}/healthz`).catch(() => null))?.ok ?? false,
  });
  const stop = async (): Promise<void> => {
    await server.stop();
    folder[Symbol.dispose]();
  };
  return { port, monitoring, stop, [Symbol.asyncDispose]: stop };
}
