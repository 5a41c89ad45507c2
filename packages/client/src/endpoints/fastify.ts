import type { EndpointOptions } from './endpoint-options.ts';
import { NO_ROUTE, Requests } from './requests.ts';

/** The part of Fastify's request that is read. */
export interface FastifyRequest {
  method: string;
  routeOptions: { url?: string | undefined };
}

interface FastifyReply {
  statusCode: number;
  /** Milliseconds. */
  elapsedTime: number;
}

interface FastifyApp {
  addHook(
    name: 'onResponse',
    hook: (request: FastifyRequest, reply: FastifyReply, done: () => void) => void,
  ): unknown;
}

/** A plugin that counts every request of a Fastify application: `app.register(fastifyMonitor())`, first of all. */
export function fastifyMonitor<Request extends FastifyRequest = FastifyRequest>(
  options: EndpointOptions<Request> = {},
): (app: FastifyApp, registered: unknown, done: () => void) => void {
  const requests = new Requests(options, 'a Fastify application');
  const plugin = (app: FastifyApp, _: unknown, done: () => void): void => {
    app.addHook('onResponse', (request, reply, over) => {
      const route = request.routeOptions.url ?? NO_ROUTE;
      const tenant = requests.tenantOf(request as Request);
      const seconds = reply.elapsedTime / 1000;
      requests.note({ method: request.method, route, tenant, status: reply.statusCode, seconds });
      over();
    });
    done();
  };
  // What Fastify's own wrapper of plugins sets: the hook holds for the whole application.
  return Object.assign(plugin, { [Symbol.for('skip-override')]: true });
}
