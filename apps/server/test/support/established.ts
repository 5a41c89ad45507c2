/** Who is connected to a port of this machine, as Linux tells. */
import { readFileSync } from 'node:fs';
import { until } from './until.ts';

/** State of a connection in /proc/net/tcp (Linux, include/net/tcp_states.h). */
const ESTABLISHED = '01';

/** Waits until somebody has connected to a port of 127.0.0.1, whether or not its server takes the connection. */
export async function untilConnected(port: number): Promise<void> {
  const remote = `:${port.toString(16).toUpperCase().padStart(4, '0')} ${ESTABLISHED} `;
  await until(`a connection to ${port}`, 5_000, () => readFileSync('/proc/net/tcp', 'utf8').includes(remote));
}
