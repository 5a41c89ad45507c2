import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from '../../config/config.ts';
import type { Context } from '../../context.ts';
import { messageOf } from '../../errors.ts';
import type { SelfMetrics } from '../operations/self-metrics.ts';
import { peerOf } from '../peer.ts';
import { pingHandler } from './handler.ts';

/** Takes the requests that are pings; leaves the others (false) to the router. */
export function pingListener(
  context: Context,
  metrics: SelfMetrics,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const { clock, writer, log } = context;
  const prefixes = pingPrefixes(context.config());
  const handle = pingHandler({
    clock,
    config: context.config,
    peerOf: (request) => peerOf(request, context.config().trustedProxies),
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
    const { url = '' } = request;
    const prefix = prefixes.find((known) => url.startsWith(known));
    if (prefix === undefined) return false;
    handle(request, response, prefix);
    return true;
  };
}

/** The endpoint that links tell, and the usual one with and without the base path: proxies differ in what they hand on. */
function pingPrefixes({ pingEndpoint, baseUrl }: Config): string[] {
  const base = new URL(baseUrl).pathname.replace(/\/$/, '');
  return [...new Set([new URL(pingEndpoint).pathname, `${base}/ping/`, '/ping/'])];
}
