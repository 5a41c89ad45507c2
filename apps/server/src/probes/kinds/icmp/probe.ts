import { z } from 'zod';
import { defineProbe } from '../../kind.ts';
import { hostName } from '../../setting-types.ts';
import { pinged } from './ping-program.ts';
import { repliesOf } from './replies.ts';

/** Whether a host answers pings, and how fast. */
export const icmp = defineProbe({
  kind: 'icmp',
  title: 'ICMP ping',
  interval: 30,
  timeout: 5,
  settings: z.strictObject({
    host: hostName().meta({ title: 'Host', title_fr: 'Hôte' }),
    count: z.int().min(1).max(10).default(3).meta({ title: 'Pings a run', title_fr: 'Pings par passage' }),
  }),
  thresholds: [{ metric: 'probe_icmp_packet_loss_ratio', op: '>=', warning: 0.5 }],
  instance: ({ host }) => host,
  async probe({ host, count }, run) {
    const address = await run.phase('resolve', () => run.address(host));
    const replies = await run.phase('ping', async () =>
      repliesOf(await pinged(address, count, run.signal), host),
    );
    run.measure('probe_icmp_duration_seconds', replies.mean, { phase: 'rtt' });
    run.measure('probe_icmp_rtt_max_seconds', replies.longest);
    run.measure('probe_icmp_packet_loss_ratio', replies.loss);
    run.detail('address', address);
    run.detail('packets_sent', replies.sent);
    run.detail('packets_received', replies.received);
    run.detail('rtt_ms', Math.round(replies.mean * 1e6) / 1e3);
  },
});
