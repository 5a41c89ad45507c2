import type { FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import type { Access, Route } from '../route.ts';
import type { Version } from './check-fields.ts';
import { CORS_HEADERS, sendFailure, sendForbidden, sendNotFound } from './failure.ts';

/** One request to an endpoint. */
export interface Call {
  request: FastifyRequest;
  reply: FastifyReply;
  version: Version;
  /** What the placeholders of the path stand for. */
  params: Record<string, string>;
  /** Repeated parameters keep their order. */
  query: URLSearchParams;
}

/** Answers a call; AppErrors that it throws are answered for it. */
export type Handler = (call: Call) => Promise<unknown>;

/** What an address can do. */
export type Methods = Partial<Record<'GET' | 'POST' | 'DELETE', Handler>>;

export interface Endpoint {
  path: string;
  access: Access;
  /** What this address can do; null = there is no such address. */
  methods(params: Record<string, string>): Methods | null;
  /** Whether pages of other sites may read the answers (CORS). Those endpoints answer HEAD with 405. */
  crossOrigin: boolean;
  /** Methods that change things are refused with 403 instead of 405, as by a form's protection. */
  formGuard?: boolean;
  /** Largest body in bytes. */
  bodyLimit?: number;
}

/** Every method that the router knows: an endpoint answers each of them itself. */
const METHODS = [
  'DELETE',
  'GET',
  'HEAD',
  'OPTIONS',
  'PATCH',
  'POST',
  'PUT',
  'TRACE',
] as const satisfies HTTPMethods[];
const UNSAFE = new Set<string>(['DELETE', 'PATCH', 'POST', 'PUT']);
/** Seconds for which a browser remembers the answer to its preflight. */
const PREFLIGHT_AGE = '600';

/** The line of the route table for an endpoint under one prefix and version. */
export function routeOf(endpoint: Endpoint, version: Version, prefix = ''): Route {
  return {
    method: [...METHODS],
    url: prefix + endpoint.path,
    access: endpoint.access,
    handler: (request, reply) => serve(endpoint, version, request, reply),
    ...(endpoint.bodyLimit === undefined ? {} : { bodyLimit: endpoint.bodyLimit }),
  };
}

async function serve(
  endpoint: Endpoint,
  version: Version,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const params = request.params as Record<string, string>;
  const methods = endpoint.methods(params);
  if (methods === null) return sendNotFound(reply);
  if (endpoint.formGuard && UNSAFE.has(request.method)) return sendForbidden(reply);
  if (endpoint.crossOrigin) allowOrigins(reply, methods);
  if (endpoint.crossOrigin && request.method === 'OPTIONS') return reply.code(204).send();
  const handler = handlerFor(endpoint, methods, request.method);
  if (handler === undefined) return reply.code(405).header('Allow', allowed(methods)).send();
  try {
    return await handler({ request, reply, version, params, query: queryOf(request) });
  } catch (error) {
    return sendFailure(reply, error);
  }
}

function handlerFor(endpoint: Endpoint, methods: Methods, method: string): Handler | undefined {
  const name = method === 'HEAD' && !endpoint.crossOrigin ? 'GET' : method;
  return Object.hasOwn(methods, name) ? methods[name as keyof Methods] : undefined;
}

function allowOrigins(reply: FastifyReply, methods: Methods): void {
  reply.headers({
    [CORS_HEADERS.origin]: '*',
    [CORS_HEADERS.headers]: 'X-Api-Key',
    [CORS_HEADERS.methods]: allowed(methods),
    [CORS_HEADERS.age]: PREFLIGHT_AGE,
  });
}

function allowed(methods: Methods): string {
  return [...Object.keys(methods), 'OPTIONS'].join(', ');
}

function queryOf(request: FastifyRequest): URLSearchParams {
  const url = request.raw.url ?? '';
  const mark = url.indexOf('?');
  return new URLSearchParams(mark === -1 ? '' : url.slice(mark + 1));
}
