/** A real HAProxy of the test's own: statistics behind a password and on a unix socket, backends as a test says. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../free-port.ts';
import { tempFolder } from '../temp-folder.ts';
import { startForeground } from './foreground-server.ts';

const HAPROXY = '/usr/sbin/haproxy';

export interface Haproxy extends AsyncDisposable {
  /** Of the statistics, without user and password: they are joe and geheim. */
  url: string;
  socketPath: string;
  /** Where the frontend listens. */
  port: number;
  stop(): Promise<void>;
}

/** Starts one; `backends` = the ports of their servers, each checked five times a second. @throws when none is installed. */
export async function startHaproxy(backends: Record<string, readonly number[]>): Promise<Haproxy> {
  if (!existsSync(HAPROXY)) throw new Error('HAProxy is not installed (Debian: apt-get install haproxy)');
  const folder = tempFolder('haproxy');
  const [port, statsPort] = [await freePort(), await freePort()];
  const socketPath = join(folder.path, 'admin.sock');
  const file = join(folder.path, 'haproxy.cfg');
  writeFileSync(file, configuration(backends, { port, statsPort, socketPath }));
  const server = await startForeground({
    command: [HAPROXY, '-W', '-db', '-f', file],
    ready: () =>
      fetch(`http://127.0.0.1:${statsPort}/stats;csv`).then(
        ({ status }) => status === 401,
        () => false,
      ),
  });
  const stop = async (): Promise<void> => {
    await server.stop();
    folder[Symbol.dispose]();
  };
  return { url: `http://127.0.0.1:${statsPort}/stats`, socketPath, port, stop, [Symbol.asyncDispose]: stop };
}

function configuration(
  backends: Record<string, readonly number[]>,
  { port, statsPort, socketPath }: { port: number; statsPort: number; socketPath: string },
): string {
  const sections = Object.entries(backends).map(([name, ports]) => {
    const servers = ports.map((to, at) => `  server s${at} 127.0.0.1:${to} check inter 200ms fall 1 rise 1`);
    return `backend ${name}\n${servers.join('\n')}\n`;
  });
  return `global
  stats socket ${socketPath} mode 600 level user
defaults
  mode http
  timeout connect 1s
  timeout client 5s
  timeout server 5s
frontend web
  bind 127.0.0.1:${port}
  default_backend ${Object.keys(backends)[0]}
${sections.join('')}
frontend statistics
  bind 127.0.0.1:${statsPort}
  stats enable
  stats uri /stats
  stats auth joe:geheim
`;
}
