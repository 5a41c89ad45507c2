/** Who is connected to a port of this machine, as Linux tells. */
import { readFileSync } from 'node:fs';
import { until } from './until.ts';

/** State of a connection in /proc/net/tcp (Linux, include/net/tcp_states.h). */
const ESTABLISHED = '01';

/** Own addresses of the connections to a port that are open. */
function clientsOf(port: number): Set<string> {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const rows = readFileSync('/proc/net/tcp', 'utf8').split('\n');
  const clients = rows.flatMap((row) => {
    const [, own = '', other = '', state] = row.trim().split(/\s+/);
    return other.endsWith(wanted) && state === ESTABLISHED ? [own] : [];
  });
  return new Set(clients);
}

/**
 * Starts what connects to a port of 127.0.0.1, and waits until it has, whether or not the server takes the connection.
 * @returns what was started, which is still running.
 */
export async function onceConnected<T>(port: number, start: () => Promise<T>): Promise<{ run: Promise<T> }> {
  const before = clientsOf(port);
  const run = start();
  await until(`a connection to ${port}`, 5_000, () =>
    [...clientsOf(port)].some((client) => !before.has(client)),
  );
  return { run };
}
