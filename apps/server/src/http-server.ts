import { readFileSync } from 'node:fs';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  LogController,
} from 'fastify';
import { NOT_FOUND_PAGE } from './api/not-found.ts';

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** Bounds against slow and hostile clients. Milliseconds and bytes. */
const LIMITS: ServerOptions = {
  maxHeaderSize: 16_384,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
  // A request that two parsers could read differently is refused.
  insecureHTTPParser: false,
};
/** Sockets at once; each costs some 20 kB. */
const MAX_CONNECTIONS = 10_000;
/** Milliseconds that a stop waits for requests under way. */
const DRAIN = 4_000;
/** Largest body of an API call, unless its route says otherwise. */
const BODY_LIMIT = 1_048_576;

export interface HttpOptions {
  tls: { certFile: string; keyFile: string } | null;
  /** The path under which everything lives: empty, or with a leading slash only. */
  basePath: string;
  log: FastifyBaseLogger;
  /** Takes what it wants before the router; true = taken. */
  first(request: IncomingMessage, response: ServerResponse): boolean;
}

/** A Fastify application whose server hands each request to `first` before routing it. */
export function createHttp(options: HttpOptions): FastifyInstance {
  let draining = false;
  const app = fastify({
    loggerInstance: options.log,
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: 2_000, ignoreTrailingSlash: false, caseSensitive: true },
    forceCloseConnections: 'idle',
    rewriteUrl: ({ url = '/' }) => withoutBase(url, options.basePath),
    frameworkErrors: (_, __, reply) => sendNotFoundPage(reply),
    serverFactory: (handler) => {
      const listener: Listener = (request, response) => {
        if (draining) response.shouldKeepAlive = false;
        if (!options.first(request, response)) handler(request, response);
      };
      const server = options.tls === null ? createServer(LIMITS, listener) : tlsServer(options.tls, listener);
      server.maxConnections = MAX_CONNECTIONS;
      return server;
    },
  });
  // A busy keep-alive connection never falls idle: once stopping, each answer is its connection's last.
  app.addHook('preClose', async () => {
    draining = true;
    setTimeout(() => app.server.closeAllConnections(), DRAIN).unref();
  });
  app.setNotFoundHandler((_, reply) => sendNotFoundPage(reply));
  return app;
}

/** In place of Fastify's compilers of JSON schemas, which it loads at each start: our routes bring Zod schemas. */
function noSchemas(): never {
  throw new Error('BUG: a route has a JSON schema for Fastify');
}

/** Some proxies hand the base path on, some take it away: both are understood. */
function withoutBase(url: string, basePath: string): string {
  if (basePath === '') return url;
  if (url === basePath) return '/';
  return url.startsWith(`${basePath}/`) ? url.slice(basePath.length) : url;
}

function sendNotFoundPage(reply: FastifyReply): void {
  void reply.code(404).type('text/html; charset=utf-8').send(NOT_FOUND_PAGE);
}

function tlsServer(tls: { certFile: string; keyFile: string }, listener: Listener): Server {
  const server = createTlsServer({ ...LIMITS, ...readTls(tls) }, listener);
  // An HTTPS server has all of an HTTP server's face; only Node's types keep the two apart.
  return server as Server & typeof server;
}

/** Certificate and key as they are on disk now. */
export function readTls(tls: { certFile: string; keyFile: string }): { cert: Buffer; key: Buffer } {
  return { cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) };
}
