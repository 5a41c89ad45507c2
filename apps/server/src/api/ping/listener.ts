import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context } from '../../context.ts';
import { messageOf } from '../../errors.ts';
import type { SelfMetrics } from '../operations/self-metrics.ts';
import type { Peer } from '../peer.ts';
import { pingHandler } from './handler.ts';

/** Takes the requests that are pings; leaves the others (false) to the router. */
export function pingListener(
  context: Context,
  metrics: SelfMetrics,
  peerOf: (request: IncomingMessage) => Peer,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const { clock, writer, log } = context;
  const config = context.config();
  const prefix = new URL(config.pingEndpoint).pathname;
  const handle = pingHandler({
    clock,
    prefix,
    bodyLimit: config.pingBodyLimit,
    peerOf,
    receive: async (ping) => {
      const from = clock.monotonic();
      const outcome = await writer.run('checks.ping', ping);
      metrics.pingSeconds.observe((clock.monotonic() - from) / 1000);
      metrics.countPing(outcome);
      return outcome;
    },
    onError: (error) => log.error({ error: messageOf(error) }, 'a ping failed'),
  });
  return (request, response) => {
    if (request.url?.startsWith(prefix) !== true) return false;
    handle(request, response);
    return true;
  };
}
