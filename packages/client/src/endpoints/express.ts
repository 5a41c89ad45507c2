import type { EndpointOptions } from './endpoint-options.ts';
import { type NodeResponse, whenOver } from './node-response.ts';
import { NO_ROUTE, Requests } from './requests.ts';

/** The part of Express's request that is read. */
export interface ExpressRequest {
  method: string;
  /** Where the router that works on it is mounted. */
  baseUrl?: string;
  /** Known once a route has matched. */
  route?: { path: unknown };
}

/** Middleware that counts every request of an Express application: `app.use(expressMonitor())`, first of all. */
export function expressMonitor<Request extends ExpressRequest = ExpressRequest>(
  options: EndpointOptions<Request> = {},
): (request: Request, response: NodeResponse, next: () => void) => void {
  const requests = new Requests(options, 'an Express application');
  return (request, response, next) => {
    const began = performance.now();
    const matched = watchRoute(request);
    whenOver(response, (status) => {
      const seconds = (performance.now() - began) / 1000;
      const tenant = requests.tenantOf(request);
      requests.note({ method: request.method, route: matched(), tenant, status, seconds });
    });
    next();
  };
}

/**
 * Notes the pattern while the route works: of one that throws, Express has forgotten where its router is mounted
 * when the answer is out.
 */
function watchRoute(request: ExpressRequest): () => string {
  let route = request.route;
  let pattern = NO_ROUTE;
  Object.defineProperty(request, 'route', {
    configurable: true,
    enumerable: true,
    get: () => route,
    set(matched: ExpressRequest['route']) {
      route = matched;
      pattern = expressRoute({ ...(matched && { route: matched }), baseUrl: request.baseUrl ?? '' });
    },
  });
  return () => pattern;
}

/** The pattern that matched, with where its router is mounted. */
export function expressRoute({ baseUrl = '', route }: Pick<ExpressRequest, 'baseUrl' | 'route'>): string {
  return route === undefined ? NO_ROUTE : `${baseUrl}${String(route.path)}`;
}
