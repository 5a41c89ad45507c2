import type { EndpointOptions } from './endpoint-options.ts';
import { NO_ROUTE, Requests } from './requests.ts';

/** The part of Hono's context that is read. */
export interface HonoContext {
  req: { method: string; matchedRoutes: readonly { path: string; method: string }[] };
  res: { status: number };
}

/** Middleware that counts every request of a Hono application: `app.use(honoMonitor())`, first of all. */
export function honoMonitor<Context extends HonoContext = HonoContext>(
  options: EndpointOptions<Context> = {},
): (context: Context, next: () => Promise<void>) => Promise<void> {
  const requests = new Requests(options, 'a Hono application');
  return async (context, next) => {
    const began = performance.now();
    const note = (status: number): void => {
      const seconds = (performance.now() - began) / 1000;
      const { method } = context.req;
      requests.note({
        method,
        route: honoRoute(context),
        tenant: requests.tenantOf(context),
        status,
        seconds,
      });
    };
    try {
      await next();
    } catch (error) {
      note(500);
      throw error;
    }
    note(context.res.status);
  };
}

/** The last that matched, if it is a route: what holds for all methods and ends with `*` is middleware. */
export function honoRoute({ req }: Pick<HonoContext, 'req'>): string {
  const routes = req.matchedRoutes.filter(({ method, path }) => method !== 'ALL' || !path.endsWith('*'));
  return routes.pop()?.path ?? NO_ROUTE;
}
