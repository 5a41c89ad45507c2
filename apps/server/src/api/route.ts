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
  /** Looks at a call before its body is read; false = it was refused, and answered. */
  admit?(request: FastifyRequest, reply: FastifyReply): Promise<boolean>;
}

/** Registers a protocol's table. */
export function register(app: FastifyInstance, routes: readonly Route[]): void {
  for (const { method, url, access, handler, bodyLimit, admit } of routes) {
    app.route({
      method,
      url,
      config: { access },
      handler,
      ...(bodyLimit === undefined ? {} : { bodyLimit }),
      ...(admit === undefined ? {} : { onRequest: onlyIf(admit) }),
    });
  }
}

function onlyIf(admit: NonNullable<Route['admit']>) {
  // A reply given back ends the request here.
  return async (request: FastifyRequest, reply: FastifyReply) =>
    (await admit(request, reply)) ? undefined : reply;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
}
