/** The HTTP listeners: pings first, then the tables of routes. */
import { unwatchFile, watchFile } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { Server as TlsServer } from 'node:tls';
import type { FastifyInstance } from 'fastify';
import type { SelfMetrics } from './api/operations/self-metrics.ts';
import { pingListener } from './api/ping/listener.ts';
import type { Config } from './config/config.ts';
import type { Context } from './context.ts';
import { messageOf } from './errors.ts';
import { createHttp, readTls } from './http-server.ts';

/** Milliseconds between two looks at the certificate's files. */
const CERTIFICATE_INTERVAL = 10_000;

/** A listener that answers pings before anything is routed. */
export function createListener(context: Context, metrics: SelfMetrics): FastifyInstance {
  const config = context.config();
  const first = pingListener(context, metrics);
  const app = createHttp({ tls: config.tls, basePath: basePathOf(config), log: context.log, first });
  if (config.tls !== null) renewCertificate(app, config.tls, (message) => context.log.error(message));
  return app;
}

/** The path of the base URL, without its last slash: behind a proxy the server may live under one. */
function basePathOf({ baseUrl }: Config): string {
  return new URL(baseUrl).pathname.replace(/\/$/, '');
}

/** Takes a new certificate as soon as its files have changed; a bad one is told and not taken. */
function renewCertificate(
  app: FastifyInstance,
  tls: { certFile: string; keyFile: string },
  onError: (message: string) => void,
): void {
  const renew = (): void => {
    try {
      (app.server as object as TlsServer).setSecureContext(readTls(tls));
    } catch (error) {
      onError(`the new TLS certificate is not taken: ${messageOf(error)}`);
    }
  };
  for (const file of [tls.certFile, tls.keyFile]) {
    watchFile(file, { interval: CERTIFICATE_INTERVAL, persistent: false }, renew);
  }
  app.addHook('onClose', async () => {
    for (const file of [tls.certFile, tls.keyFile]) unwatchFile(file, renew);
  });
}

/** Begins to listen. @returns the address as a URL; all interfaces are told as loopback. */
export async function listen(app: FastifyInstance, at: { host: string; port: number }): Promise<string> {
  await app.listen(at);
  const address = app.server.address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  const scheme = 'setSecureContext' in app.server ? 'https' : 'http';
  return `${scheme}://${name === '0.0.0.0' || name === '[::]' ? '127.0.0.1' : name}:${address.port}`;
}

/** A port that was chosen at the start belongs into the links too. */
export function withPort(config: Config, url: string): Config {
  const port = new URL(url).port;
  const known = (link: string): string => link.replace(/^(https?:\/\/[^/]+):0(?=\/|$)/, `$1:${port}`);
  return { ...config, baseUrl: known(config.baseUrl), pingEndpoint: known(config.pingEndpoint) };
}
