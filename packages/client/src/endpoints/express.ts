import type { EndpointOptions } from './endpoint-options.ts';
import { type NodeResponse, whenOver } from './node-response.ts';
import { NO_ROUTE, Requests } from './requests.ts';

/** The part of Express's request that is read. */
export interface ExpressRequest {
  method: string;
  baseUrl: string;
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
    whenOver(response, (status) => {
      const seconds = (performance.now() - began) / 1000;
      const tenant = requests.tenantOf(request);
      requests.note({ method: request.method, route: expressRoute(request), tenant, status, seconds });
    });
    next();
  };
}

/** The pattern that matched, with where its router is mounted. */
export function expressRoute({ baseUrl, route }: Pick<ExpressRequest, 'baseUrl' | 'route'>): string {
  return route === undefined ? NO_ROUTE : `${baseUrl}${String(route.path)}`;
}
