import { connect } from 'node:net';
import { z } from 'zod';
import { defineProbe } from '../../kind.ts';
import { hostName, portNumber } from '../../setting-types.ts';

/** Whether something listens: connects, and reads nothing. */
export const tcp = defineProbe({
  kind: 'tcp',
  title: 'TCP',
  interval: 60,
  timeout: 5,
  settings: z.strictObject({
    host: hostName().meta({ title: 'Host', title_fr: 'Hôte' }),
    port: portNumber().meta({ title: 'Port', title_fr: 'Port' }),
  }),
  instance: ({ host, port }) => `${host}:${port}`,
  async probe({ host, port }, run) {
    const address = await run.phase('resolve', () => run.address(host));
    await run.phase('connect', () => connected(address, port, run.signal));
  },
});

function connected(host: string, port: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, signal });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
  });
}
