import { requireMethod } from '../decorate.ts';
import type { EndpointOptions } from './endpoint-options.ts';
import { type ExpressRequest, expressRoute } from './express.ts';
import type { FastifyRequest } from './fastify.ts';
import { type HonoContext, honoRoute } from './hono.ts';
import { type NodeResponse, whenOver } from './node-response.ts';
import { NO_ROUTE, Requests } from './requests.ts';

export interface OneEndpointOptions extends EndpointOptions<unknown> {
  /** The label `route`; what the framework says unless told otherwise. */
  route?: string;
}

/** A handler of Express, Fastify or Hono. What it takes and gives stays its own affair. */
type Handler = (...args: never[]) => unknown;

/** Decorates a method that is such a handler. */
export type HandlerDecorator = <Method extends Handler>(
  method: Method,
  context: { kind: string; name: string | symbol },
) => Method;

/**
 * Counts the requests of one endpoint, by its route and tenant, and tells a check how it goes. Handlers of Express,
 * Fastify and Hono are told apart by what they are given. `expressMonitor`, `fastifyMonitor` and `honoMonitor`
 * count whole applications.
 *
 * Around a handler: `app.get('/pay', monitorEndpoint({ checkName: 'Payments' }, pay))`. As a decorator:
 * `@monitorEndpoint({ checkName: 'Payments' })` before a method.
 */
export function monitorEndpoint(options: OneEndpointOptions): HandlerDecorator;
export function monitorEndpoint<Method extends Handler>(options: OneEndpointOptions, handler: Method): Method;
export function monitorEndpoint<Method extends Handler>(
  options: OneEndpointOptions,
  handler?: Method,
): HandlerDecorator | Method {
  if (handler !== undefined) return counted(options, handler);
  const decorate: HandlerDecorator = (method, { kind }) => {
    requireMethod(kind);
    return counted(options, method);
  };
  return decorate;
}

function counted<Method extends Handler>(options: OneEndpointOptions, handler: Method): Method {
  const requests = new Requests(options, handler.name);
  const monitored = function (this: unknown, ...args: unknown[]): unknown {
    return observed(requests, options.route, args, () => Reflect.apply(handler, this, args));
  };
  return Object.defineProperty(monitored, 'name', { value: handler.name }) as Handler as Method;
}

function observed(
  requests: Requests<unknown>,
  route: string | undefined,
  args: readonly unknown[],
  handle: () => unknown,
): unknown {
  const [first, second] = args;
  const began = performance.now();
  const note = (method: string, found: string, status: number): void => {
    const seconds = (performance.now() - began) / 1000;
    requests.note({ method, route: route ?? found, tenant: requests.tenantOf(first), status, seconds });
  };
  if (isHono(first))
    return answered(first, handle, (status) => note(first.req.method, honoRoute(first), status));
  const response = nodeResponse(second);
  if (response !== null && isNodeRequest(first)) {
    const found = nodeRoute(first);
    whenOver(response, (status) => note(first.method, found, status));
  }
  return handle();
}

/** A handler of Hono gives its answer, or a promise of it; what it throws is answered with 500. */
function answered(context: HonoContext, handle: () => unknown, note: (status: number) => void): unknown {
  const noted = (result: unknown): unknown => {
    note(result instanceof Response ? result.status : context.res.status);
    return result;
  };
  const failed = (error: unknown): never => {
    note(500);
    throw error;
  };
  let result: unknown;
  try {
    result = handle();
  } catch (error) {
    return failed(error);
  }
  return result instanceof Promise ? result.then(noted, failed) : noted(result);
}

function isHono(value: unknown): value is HonoContext {
  return isObject(value) && 'req' in value && isObject(value.req) && 'matchedRoutes' in value.req;
}

function isNodeRequest(value: unknown): value is ExpressRequest | FastifyRequest {
  return isObject(value) && 'method' in value && typeof value.method === 'string';
}

function nodeRoute(request: ExpressRequest | FastifyRequest): string {
  return 'routeOptions' in request ? (request.routeOptions.url ?? NO_ROUTE) : expressRoute(request);
}

/** Express's answer is Node's own; Fastify's has it as `raw`. */
function nodeResponse(value: unknown): NodeResponse | null {
  const response = isObject(value) && 'raw' in value ? value.raw : value;
  return isObject(response) && 'once' in response && 'statusCode' in response
    ? (response as NodeResponse)
    : null;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
