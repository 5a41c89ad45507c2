import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';

/**
 * Who may call a route without more ado; the handler still checks roles within it.
 * `open` needs no credentials: pings, badges, status, health, sign-in, assets, signed links.
 */
export type Access = 'open' | 'key' | 'metrics-key' | 'session-or-key' | 'admin';

/** One line of a protocol's table of routes. */
export interface Route {
  method: HTTPMethods | HTTPMethods[];
  url: string;
  access: Access;
  handler: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;
  /** Largest request body in bytes; the server's default when absent. */
  bodyLimit?: number;
}

/** Registers a protocol's table. */
export function register(app: FastifyInstance, routes: readonly Route[]): void {
  for (const { method, url, access, handler, bodyLimit } of routes) {
    app.route({
      method,
      url,
      config: { access },
      handler,
      ...(bodyLimit === undefined ? {} : { bodyLimit }),
    });
  }
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
}
