import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Route } from '../route.ts';
import type { Version } from './check-fields.ts';
import { type Endpoint, routeOf } from './endpoint.ts';

/** Addresses without their slash that belong to another protocol, and are not redirected here. */
const FOREIGN: ReadonlySet<string> = new Set(['/api/v1/metrics']);

/** An endpoint's route; if its path ends in a slash, also the one that leads there from the path without it. */
export function withSlash(endpoint: Endpoint, version: Version, prefix = ''): Route[] {
  const route = routeOf(endpoint, version, prefix);
  const bare = route.url.slice(0, -1);
  if (!route.url.endsWith('/') || FOREIGN.has(bare)) return [route];
  return [route, { ...route, url: bare, access: 'open', handler: redirect }];
}

async function redirect(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const url = request.raw.url ?? '';
  const mark = url.indexOf('?');
  const path = mark === -1 ? url : url.slice(0, mark);
  // A path that begins with two slashes would lead to another host.
  const target = `/${path.replace(/^\/+/, '')}/${mark === -1 ? '' : url.slice(mark)}`;
  return reply.code(301).header('Location', target).send();
}
